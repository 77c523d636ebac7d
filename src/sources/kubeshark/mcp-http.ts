import { fileAddress, saveFile } from './download.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { failureOfStatus, HubFailure } from './hub-failure.ts';
import { McpClient } from './mcp-client.ts';
import type { Tool, ToolArguments, Transport } from './transport.ts';

type Headers = Readonly<Record<string, string>>;

/** MCP over HTTP: Streamable HTTP, or the older SSE where the server knows only that. */
export class McpHttp implements Transport {
  readonly name: string;
  readonly parallel = 4;
  readonly #connect: (signal: AbortSignal) => Promise<McpClient>;
  readonly #headers: Headers;
  #client: McpClient;

  private constructor(
    name: string,
    headers: Headers,
    client: McpClient,
    connect: (signal: AbortSignal) => Promise<McpClient>,
  ) {
    this.name = name;
    this.#headers = headers;
    this.#client = client;
    this.#connect = connect;
  }

  /** Throws HubFailure when neither protocol is spoken there. */
  static async open(url: string, headers: Headers, signal: AbortSignal): Promise<McpHttp> {
    const streamable = (inner: AbortSignal) => connectStreamable(url, headers, inner);
    const sse = (inner: AbortSignal) => connectSse(url, headers, inner);
    try {
      return new McpHttp(url, headers, await streamable(signal), streamable);
    } catch (error) {
      signal.throwIfAborted();
      const failure = httpFailure(error);
      if (failure.kind !== 'refused') throw failure;
      try {
        return new McpHttp(url, headers, await sse(signal), sse);
      } catch (second) {
        signal.throwIfAborted();
        throw httpFailure(second);
      }
    }
  }

  tools(signal: AbortSignal): Promise<readonly Tool[]> {
    return this.#client.tools(signal);
  }

  async call(tool: string, args: ToolArguments, signal: AbortSignal): Promise<unknown> {
    const client = this.#client;
    try {
      return await client.call(tool, args, signal);
    } catch (error) {
      const broken = error instanceof HubFailure && error.message === 'the connection was closed';
      if (broken && client === this.#client) this.#client = await this.#connect(signal);
      throw error;
    }
  }

  download(path: string, dest: string, maxBytes: number, signal: AbortSignal): Promise<void> {
    const base = this.name.replace(/\/(mcp|sse)$/, '');
    return saveFile(fileAddress(base, path), this.#headers, { dest, maxBytes, signal });
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

async function connectStreamable(url: string, headers: Headers, signal: AbortSignal) {
  const { StreamableHTTPClientTransport } = await import(
    '@modelcontextprotocol/sdk/client/streamableHttp.js'
  );
  const wire = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { ...headers } },
    fetch: checkedFetch,
  });
  return McpClient.connect(wire as Parameters<typeof McpClient.connect>[0], signal);
}

async function connectSse(url: string, headers: Headers, signal: AbortSignal) {
  const { SSEClientTransport } = await import('@modelcontextprotocol/sdk/client/sse.js');
  const withHeaders = (target: string | URL, init?: RequestInit) => {
    const merged = new globalThis.Headers(init?.headers);
    for (const [name, value] of Object.entries(headers)) merged.set(name, value);
    return checkedFetch(target, { ...init, headers: merged });
  };
  const wire = new SSEClientTransport(new URL(url), {
    fetch: withHeaders,
    eventSourceInit: { fetch: withHeaders },
  });
  return McpClient.connect(wire, signal, true);
}

/** Turns error statuses of a message into failures, before the SDK words them its own way. */
async function checkedFetch(url: string | URL, init?: RequestInit): Promise<Response> {
  const response = await guardedFetch(url, init);
  if (init?.method === 'POST' && response.status >= 400) {
    throw failureOfStatus(response.status, await response.text());
  }
  return response;
}

function httpFailure(error: unknown): HubFailure {
  if (error instanceof HubFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new HubFailure('refused', message, error);
}
