import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Context } from './context.ts';
import { createServer } from './server.ts';

/** Bytes of one message. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Serves the client at the other end of standard streams, until it leaves or the signal. */
export async function serveStdio(context: Context): Promise<void> {
  const { signal } = context.io;
  const server = createServer(context);
  const left = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
    process.stdin.once('close', resolve).once('end', resolve);
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.connect(
    new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: MAX_BYTES }),
  );
  await left;
  await server.close();
  process.stdin.destroy();
}
