import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Hub } from './hub.ts';
import { mcpServer } from './mcp.ts';
import { ToolError } from './tool-error.ts';

export interface Serving {
  readonly url: string;
  /** Nobody listens any more; connections are refused. */
  close(): Promise<void>;
  /** Listens again, at the same place. */
  reopen(): Promise<void>;
}

/** Which ways in are open; a closed one answers 404. */
export interface Doors {
  readonly api?: boolean;
  readonly streamable?: boolean;
  readonly sse?: boolean;
}

/** Serves the Hub on loopback: `/api/mcp`, `/mcp` (Streamable HTTP) and `/sse`. */
export async function serve(hub: Hub, port = 0, doors: Doors = {}): Promise<Serving> {
  const streams = new Map<string, SSEServerTransport>();
  const server = createServer((request, response) => {
    route(hub, doors, streams, request, response).catch(() => response.destroy());
  });
  const listen = (on: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(on, '127.0.0.1', resolve);
    });
  await listen(port);
  const chosen = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${chosen}`,
    reopen: () => listen(chosen),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function route(
  hub: Hub,
  doors: Doors,
  streams: Map<string, SSEServerTransport>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://hub');
  const state = hub.options.state();
  if (state === 'dropping') {
    request.socket.destroy();
    return;
  }
  if (state === 'garbage') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Welcome');
    return;
  }
  const known = state !== 'expired' && authorised(hub.options.token, request);
  if (!known) return refuse(hub.options.unauthorised, response);
  const way = `${request.method} ${pathname}`;
  if (way === 'GET /api/mcp' && doors.api !== false) {
    const { name, version, description } = about;
    return json(response, 200, { name, version, description, tools: hub.tools(), prompts: [] });
  }
  if (way === 'POST /api/mcp/tools/call' && doors.api !== false) {
    return callTool(hub, request, response);
  }
  if (request.method === 'GET' && /^(\/api)?\/mcp\/snapshots\//.test(pathname)) {
    return sendFile(hub, request, response);
  }
  if (way === 'POST /mcp' && doors.streamable !== false) {
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    const server = mcpServer(hub, () => request.socket.destroy());
    response.on('close', () => void server.close());
    await server.connect(transport as Parameters<typeof server.connect>[0]);
    return transport.handleRequest(request, response);
  }
  if (way === 'GET /mcp' && doors.streamable === false && doors.sse !== false) {
    const transport = new SSEServerTransport('/messages', response);
    streams.set(transport.sessionId, transport);
    response.on('close', () => streams.delete(transport.sessionId));
    return mcpServer(hub, () => request.socket.destroy()).connect(transport);
  }
  const stream = streams.get(searchParams.get('sessionId') ?? '');
  if (way === 'POST /messages' && stream) return stream.handlePostMessage(request, response);
  const status = pathname === '/mcp' && doors.streamable !== false ? 405 : 404;
  return json(response, status, { error: 'not found' });
}

const about = {
  name: 'kubeshark',
  version: '52.12.0',
  description: 'Kubernetes network traffic',
};

async function callTool(hub: Hub, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as {
    name: string;
    arguments?: Record<string, unknown> | null;
  };
  const answer = await hub.call(body.name, body.arguments ?? {});
  if (answer.kind === 'dropped') {
    request.socket.destroy();
    return;
  }
  response.writeHead(answer.kind === 'error' ? answer.status : 200, {
    'content-type': 'application/json',
  });
  response.end(answer.text);
}

function sendFile(hub: Hub, request: IncomingMessage, response: ServerResponse): void {
  try {
    const bytes = hub.file((request.url ?? '').replace(/^\/api/, ''));
    response.writeHead(200, { 'content-type': 'application/vnd.tcpdump.pcap' }).end(bytes);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    json(response, error.status, { error: error.message });
  }
}

function authorised(token: string | undefined, { headers }: IncomingMessage): boolean {
  if (token === undefined) return true;
  return (
    headers.authorization === `Bearer ${token}` ||
    headers['x-kubeshark-authorization'] === token ||
    headers['license-key'] === token
  );
}

function refuse(status: 401 | 302, response: ServerResponse): void {
  if (status === 302) {
    response.writeHead(302, { location: '/login' }).end();
    return;
  }
  json(response, 401, { error: 'unauthorized' });
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
