import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { defaults } from './hub-options.ts';
import { type Backend, fileBackend, urlBackend } from './stdio-backend.ts';

/**
 * Speaks like `kubeshark mcp --url URL [--token T]`: one JSON-RPC message a line, one at a time.
 * With `--capture FILE` it serves the file itself.
 */
const { values } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    url: { type: 'string' },
    token: { type: 'string' },
    capture: { type: 'string' },
    preview: { type: 'string' },
  },
});

const local = ['check_kubeshark_status', 'get_file_url', 'download_file'].map((name) => ({
  name,
  description: `${name} of the command line`,
  inputSchema: { type: 'object', properties: {} },
}));

async function open(): Promise<Backend> {
  if (typeof values.capture === 'string') {
    const preview = Number(values.preview ?? defaults.preview);
    return fileBackend(values.capture, { preview });
  }
  const token = typeof values.token === 'string' ? values.token : process.env.KUBESHARK_HUB_TOKEN;
  if (typeof values.url === 'string') return urlBackend(values.url, token);
  return noBackend;
}

const nobody = async () => ({
  text: 'Failed to get Kubernetes provider. Is kubectl configured?',
  isError: true,
});
const noBackend: Backend = { tools: async () => [], call: nobody, download: nobody };

interface Request {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: { readonly name?: string; readonly arguments?: Record<string, unknown> };
}

async function answer(backend: Backend, { method, params }: Request): Promise<object> {
  switch (method) {
    case 'initialize':
      return {
        result: {
          protocolVersion: '2024-11-05',
          capabilities: { tools: {}, prompts: {} },
          serverInfo: { name: 'kubeshark-mcp', version: '1.0.0' },
        },
      };
    case 'ping':
      return { result: {} };
    case 'tools/list':
      return { result: { tools: [...local, ...(await backend.tools())] } };
    case 'tools/call': {
      const args = params?.arguments;
      const { text, isError } =
        params?.name === 'download_file'
          ? await backend.download(String(args?.path), String(args?.dest))
          : await backend.call(params?.name ?? '', args);
      return { result: { content: [{ type: 'text', text }], ...(isError && { isError }) } };
    }
    default:
      return { error: { code: -32601, message: 'Method not found', data: method } };
  }
}

const backend = await open().catch((error: Error) => {
  process.stderr.write(`[kubeshark-mcp] Error: ${error.message}\n`);
  process.exit(1);
});

for await (const line of createInterface({ input: process.stdin })) {
  if (line === '') continue;
  const request = JSON.parse(line) as Request;
  if (request.method?.includes('initialized')) continue;
  const reply = { jsonrpc: '2.0', id: request.id ?? null, ...(await answer(backend, request)) };
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
