import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { askedHost, isLoopback, type Listening, listen } from '../../support/http-server.ts';
import { type Answer, plainAnswer, type Routes } from './answer.ts';

const MAX_CONNECTIONS = 200;
const REQUEST_MS = 10_000;
/** Nothing runs, nothing is loaded, nobody frames it. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Serves routes over HTTP until the signal: read-only, GET alone. On loopback it answers to loopback's
 * names alone, so that no page of another site reaches it by a name that it made point here. Throws
 * UsageError where it can't listen.
 */
export async function serveMonitor(
  address: { readonly host: string; readonly port: number },
  routes: Routes,
  signal: AbortSignal,
): Promise<Listening> {
  const server = createServer(
    { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, maxHeaderSize: 16 * 1024 },
    (request, response) => void answer(request, response, routes, isLoopback(address.host)),
  );
  server.maxConnections = MAX_CONNECTIONS;
  return listen(server, address, '--listen', signal);
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
  if (loopback && !isLoopback(askedHost(headers))) {
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
