import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from '../../support/errors.ts';
import { type Answer, plainAnswer, type Routes } from './answer.ts';

const MAX_CONNECTIONS = 200;
const REQUEST_MS = 10_000;
/** Nothing runs, nothing is loaded, nobody frames it. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/;

export interface MonitorServer {
  /** As `http://127.0.0.1:9464`, with the port that was free where 0 was asked for. */
  readonly url: string;
  /** When it has stopped, after the signal. */
  readonly closed: Promise<void>;
}

/**
 * Serves routes over HTTP until the signal: read-only, GET alone. On loopback it answers to loopback's
 * names alone, so that no page of another site reaches it by a name that it made point here. Throws
 * UsageError where it can't listen.
 */
export async function serveMonitor(
  { host, port }: { readonly host: string; readonly port: number },
  routes: Routes,
  signal: AbortSignal,
): Promise<MonitorServer> {
  const server = createServer(
    { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, maxHeaderSize: 16 * 1024 },
    (request, response) => void answer(request, response, routes, LOOPBACK.test(host)),
  );
  server.maxConnections = MAX_CONNECTIONS;
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError(`--listen ${host}:${port}: cannot listen there (${code})`, { cause });
  }
  const closed = once(server, 'close').then(() => undefined);
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  const { address, family, port: own } = server.address() as AddressInfo;
  return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${own}`, closed };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  routes: Routes,
  loopback: boolean,
): Promise<void> {
  const { status = 200, type, body, policy } = await answerOf(request, routes, loopback);
  const bytes = Buffer.from(body, 'utf8');
  response.writeHead(status, {
    'content-type': type,
    'content-length': bytes.byteLength,
    'content-security-policy': policy ?? POLICY,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    ...(status === 405 && { allow: 'GET' }),
  });
  response.end(bytes);
}

async function answerOf(
  { method, url = '', headers }: IncomingMessage,
  routes: Routes,
  loopback: boolean,
): Promise<Answer> {
  if (loopback && !LOOPBACK.test((headers.host ?? '').replace(/:\d+$/, ''))) {
    return plainAnswer(421, 'this server answers to localhost alone');
  }
  if (method !== 'GET') return plainAnswer(405, 'only GET');
  const [path = ''] = url.split('?', 1);
  const route = routes.get(path);
  if (!route) return plainAnswer(404, 'not found');
  try {
    return await route();
  } catch {
    return plainAnswer(500, 'this could not be answered');
  }
}
