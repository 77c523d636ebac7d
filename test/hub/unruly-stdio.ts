import { createInterface } from 'node:readline';
import { defaults } from './hub-options.ts';
import { fileBackend } from './stdio-backend.ts';

/**
 * An MCP server on standard streams that misbehaves: `node unruly-stdio.ts HOW CAPTURE [TAG]`.
 * `crash`: it exits at every call of a tool; `rubbish`: it prints its log among its answers; `hang`: it
 * answers no call, and no signal ends it but SIGKILL, nor does the end of its input.
 */
const [how = '', capture = ''] = process.argv.slice(2);
const backend = fileBackend(capture, { preview: defaults.preview });
const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);

if (how === 'hang') {
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => {});
  setInterval(() => {}, 1_000);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  const reply = (result: object) => say({ jsonrpc: '2.0', id, result });
  if (how === 'rubbish') {
    process.stdout.write('time=now level=info msg="hello"\n{"not":"ours"}\n\u0000\u001b[31m\n{\n');
  }
  if (method === 'initialize') {
    const serverInfo = { name: 'kubeshark-mcp', version: '1.0.0' };
    reply({ protocolVersion: '2024-11-05', capabilities: { tools: {} }, serverInfo });
  } else if (method === 'tools/list') {
    reply({ tools: await backend.tools() });
  } else if (method === 'tools/call') {
    if (how === 'crash') process.exit(1);
    if (how === 'hang') continue;
    const { text, isError } = await backend.call(params.name, params.arguments);
    reply({ content: [{ type: 'text', text }], ...(isError && { isError }) });
  }
}
