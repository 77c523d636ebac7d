import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isLoopback, listen } from '../../support/http-server.ts';
import type { Context } from '../context.ts';
import { Guard, PATH, type Refusal } from './guard.ts';
import { Sessions } from './sessions.ts';

const MAX_CONNECTIONS = 200;
const REQUEST_MS = 30_000;
const SWEEP_MS = 60_000;

/** Serves MCP over Streamable HTTP until the signal. Throws UsageError where it can't listen. */
export async function serveHttp(
  context: Context,
  address: { readonly host: string; readonly port: number },
  token: string,
): Promise<void> {
  const { progress, signal } = context.io;
  const guard = new Guard(address.host, token);
  const sessions = new Sessions(context);
  const server = createServer(
    { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, maxHeaderSize: 16 * 1024 },
    (request, response) => void answer(request, response, guard, sessions),
  );
  server.maxConnections = MAX_CONNECTIONS;
  const { url, closed } = await listen(server, address, '--serve', signal);
  if (!isLoopback(address.host)) {
    progress.warn(
      'it can be reached from other machines, and the token travels in the clear: put a proxy with TLS before it',
    );
  }
  progress.note(`serving MCP at ${url}${PATH}`);
  const sweeping = setInterval(() => void sessions.sweep(), SWEEP_MS);
  await closed;
  clearInterval(sweeping);
  await sessions.close();
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  guard: Guard,
  sessions: Sessions,
): Promise<void> {
  try {
    const refusal = guard.refusal(request) ?? (await sessions.answer(request, response));
    if (refusal) refuse(response, refusal);
  } catch {
    if (response.headersSent) response.destroy();
    else refuse(response, { status: 500, message: 'this could not be answered' });
  }
}

/** As the protocol tells an error outside of any request. */
function refuse(response: ServerResponse, { status, message, headers }: Refusal): void {
  const body = { jsonrpc: '2.0', error: { code: -32_000, message }, id: null };
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    connection: 'close',
    ...headers,
  });
  response.end(JSON.stringify(body));
}
