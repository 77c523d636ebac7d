import type { Stream } from 'node:stream';
import { type FailureKind, firstLine, HubFailure } from './hub-failure.ts';
import { McpClient } from './mcp-client.ts';

export interface CommandLine {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A page of 1000 calls with their bodies, pretty-printed and escaped, passes the SDK's 10 MB. */
const maxMessage = 512 * 1024 * 1024;

/** Starts one MCP server process and shakes hands with it. Throws HubFailure with its last words. */
export async function startProcess(line: CommandLine, signal: AbortSignal): Promise<McpClient> {
  const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
  const wire = new StdioClientTransport({
    command: line.command,
    args: [...line.args],
    env: { ...line.env },
    stderr: 'pipe',
    maxBufferSize: maxMessage,
  });
  const lastWords = tail(wire.stderr);
  try {
    return await McpClient.connect(wire, signal);
  } catch (error) {
    await wire.close();
    signal.throwIfAborted();
    throw startFailure(error, lastWords());
  }
}

function startFailure(error: unknown, stderr: string): HubFailure {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
    return new HubFailure('unreachable', 'there is no such program', error);
  }
  const said = stderr
    .split('\n')
    .filter((line) => line.includes('Error') || line.includes('error'))
    .at(-1);
  const message = firstLine(said ?? stderr) || (error as Error).message;
  return new HubFailure(startKind(message), message, error);
}

/** At start the command line asks the Hub what it can do; a busy Hub may fail that once. */
function startKind(message: string): FailureKind {
  if (/requires authentication|401/i.test(message)) return 'unauthorised';
  return /invalid response|\bEOF\b|reset by peer|timeout|deadline/i.test(message)
    ? 'unavailable'
    : 'unreachable';
}

/** The last 4 kB of a stream, read on so that the child never blocks on it. */
function tail(stream: Stream | null): () => string {
  let text = '';
  stream?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4096);
  });
  return () => text;
}
