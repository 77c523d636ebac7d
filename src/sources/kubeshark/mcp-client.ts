import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport as Wire } from '@modelcontextprotocol/sdk/shared/transport.js';
import { failureOfText, HubFailure } from './hub-failure.ts';
import { parseAnswer } from './parse-answer.ts';
import type { Tool, ToolArguments } from './transport.ts';

/** The command line allows the Hub 30 s; beyond twice that nothing will come. */
const requestTimeout = 60_000;

/** An MCP session over any wire: the one place that knows the SDK's client. */
export class McpClient {
  readonly #client: Client;
  readonly #closed: Promise<never>;

  private constructor(client: Client, closed: Promise<never>) {
    this.#client = client;
    this.#closed = closed;
  }

  /**
   * Throws what the wire throws, or HubFailure. A `brittle` wire is given up at its first error,
   * since it would come back without the answers under way.
   */
  static async connect(wire: Wire, signal: AbortSignal, brittle = false): Promise<McpClient> {
    const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
    const client = new Client({ name: 'wireproof', version: '1' });
    const { promise: closed, reject } = Promise.withResolvers<never>();
    closed.catch(() => {});
    client.onclose = () => reject(new HubFailure('unavailable', 'the connection was closed'));
    await client.connect(wire, { signal, timeout: requestTimeout });
    if (brittle) client.onerror = () => void client.close();
    return new McpClient(client, closed);
  }

  async tools(signal: AbortSignal): Promise<readonly Tool[]> {
    const tools: Tool[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#client
        .listTools(cursor === undefined ? {} : { cursor }, { signal, timeout: requestTimeout })
        .catch((error: unknown) => fail(error, signal));
      for (const { name, inputSchema } of page.tools) {
        tools.push({ name, parameters: parametersOf(inputSchema.properties) });
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined && tools.length < 1000);
    return tools;
  }

  async call(tool: string, args: ToolArguments, signal: AbortSignal): Promise<unknown> {
    const { CallToolResultSchema } = await import('@modelcontextprotocol/sdk/types.js');
    const request = this.#client.request(
      { method: 'tools/call', params: { name: tool, arguments: args } },
      CallToolResultSchema,
      { signal, timeout: requestTimeout },
    );
    const result = await Promise.race([request, this.#closed]).catch((error: unknown) =>
      fail(error, signal),
    );
    const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
    if (result.isError) throw failureOfText(text);
    return parseAnswer(text);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}

/** Argument names and types from a tool's JSON Schema. */
export function parametersOf(properties: unknown): ReadonlyMap<string, string | undefined> {
  const entries = Object.entries((properties ?? {}) as Record<string, { type?: unknown } | null>);
  return new Map(
    entries.map(([name, schema]) => {
      const type = schema?.type;
      return [name, typeof type === 'string' ? type : undefined];
    }),
  );
}

async function fail(error: unknown, signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  if (error instanceof HubFailure) throw error;
  const { ErrorCode, McpError } = await import('@modelcontextprotocol/sdk/types.js');
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof McpError && error.code === ErrorCode.RequestTimeout) {
    throw new HubFailure('timeout', message, error);
  }
  const declined: number[] = [ErrorCode.MethodNotFound, ErrorCode.InvalidParams];
  if (error instanceof McpError && declined.includes(error.code)) {
    throw new HubFailure('refused', message, error);
  }
  throw new HubFailure('unavailable', message, error);
}
