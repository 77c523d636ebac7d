import { stat } from 'node:fs/promises';
import type { McpClient } from './mcp-client.ts';
import { type CommandLine, startProcess } from './stdio-process.ts';
import type { Tool, ToolArguments, Transport } from './transport.ts';

/** `kubeshark mcp` serves one request at a time: several processes overlap. */
const processes = 3;
/** Between two looks at the size of a file that is being saved, ms. */
const watchEvery = 100;

/**
 * MCP over the standard streams of child processes, started when needed; one that died is
 * replaced at the next call.
 */
export class StdioTransport implements Transport {
  readonly name: string;
  readonly parallel = processes;
  readonly #line: CommandLine;
  readonly #idle: McpClient[] = [];
  readonly #all = new Set<McpClient>();
  #closed = false;

  constructor(line: CommandLine) {
    this.#line = line;
    this.name = maskToken([line.command, ...line.args].join(' '));
  }

  tools(signal: AbortSignal): Promise<readonly Tool[]> {
    return this.#with(signal, (client) => client.tools(signal));
  }

  call(tool: string, args: ToolArguments, signal: AbortSignal): Promise<unknown> {
    return this.#with(signal, (client) => client.call(tool, args, signal));
  }

  /** The command line has the credentials, so it writes the file: what is too long is given up. */
  async download(path: string, dest: string, maxBytes: number, signal: AbortSignal): Promise<void> {
    const enough = new AbortController();
    const watching = setInterval(() => {
      stat(dest).then(
        ({ size }) => size > maxBytes && enough.abort(),
        () => undefined,
      );
    }, watchEvery);
    try {
      await this.call('download_file', { path, dest }, AbortSignal.any([signal, enough.signal]));
    } catch (error) {
      if (!enough.signal.aborted) throw error;
    } finally {
      clearInterval(watching);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((client) => this.#drop(client)));
  }

  /** A process that failed in transit may be out of step: it is not used again. */
  async #with<T>(signal: AbortSignal, work: (client: McpClient) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const client = this.#idle.pop() ?? (await this.#start(signal));
    try {
      const result = await work(client);
      this.#idle.push(client);
      return result;
    } catch (error) {
      if (inStep(error)) this.#idle.push(client);
      else await this.#drop(client);
      // A server may keep its snapshots to itself: the one that was asked first made them.
      const [first] = this.#all;
      if (kindOf(error) === 'refused' && first && first !== client) return work(first);
      throw error;
    }
  }

  async #start(signal: AbortSignal): Promise<McpClient> {
    const client = await startProcess(this.#line, signal);
    this.#all.add(client);
    if (this.#closed) await this.#drop(client);
    return client;
  }

  async #drop(client: McpClient): Promise<void> {
    this.#all.delete(client);
    await client.close();
  }
}

/** A command line fit for messages. */
function maskToken(text: string): string {
  return text.replace(/(--(?:token|license)[= ])\S+/g, '$1***');
}

/** Whether the process answered, though not with what was asked for. */
function inStep(error: unknown): boolean {
  const kind = kindOf(error);
  return kind === 'garbage' || kind === 'refused' || kind === 'unauthorised';
}

function kindOf(error: unknown): string | undefined {
  return (error as { kind?: string }).kind;
}
