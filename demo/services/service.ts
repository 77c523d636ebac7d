import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { Random } from '../data/random.ts';
import type { Fault } from '../incidents/fault.ts';
import { runChild } from '../processes/child-main.ts';
import { callHeader } from '../tap/truth-marks.ts';
import type { Variant } from '../variants.ts';
import { Faults } from './faults.ts';
import { type Calls, Outbound } from './outbound.ts';
import { UpstreamError } from './upstream.ts';

export interface ServiceConfig {
  /** The pod, whose first word is the service. */
  readonly pod: string;
  readonly seed: number;
  readonly variants: readonly Variant[];
  /** Loopback ports of what it may call. */
  readonly ports: Readonly<Record<string, number>>;
}

export interface Asked<Body = unknown> {
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Body;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a handler may use: the ways out, the version's quirks, chance, and time. */
export interface Desk {
  readonly calls: Calls;
  readonly has: (variant: Variant) => boolean;
  readonly random: Random;
  /** Takes between `low` and `high` ms, as work does. */
  readonly work: (low: number, high: number) => Promise<void>;
}

/** `Body` is the shape of the requests that the shop's own clients send. */
export type Handler<Body = unknown> = (asked: Asked<Body>, desk: Desk) => Promise<Reply>;

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: Handler;
}

/** A route by method and path; `:` stands for one segment. */
export function route<Body>(method: string, path: string, handle: Handler<Body>): Route {
  const pattern = path.replaceAll(':', '([^/]+)');
  return {
    method,
    path: new RegExp(`^${pattern}$`),
    handle: (asked, desk) => handle({ ...asked, body: asked.body as Body }, desk),
  };
}

export interface Background {
  /** ms between two runs. */
  readonly every: (has: Desk['has']) => number;
  readonly run: (desk: Desk) => Promise<void>;
}

/** What the director says to a service that runs. */
export type ServiceMessage =
  /** Everyone is there: what it does by itself begins. */
  | { readonly kind: 'begin' }
  /** A fault from now on; answered with when it can first be felt, Unix ms. */
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** Its successor is there: it answers what it began, and is idle when it answers this. */
  | { readonly kind: 'drain' };

/** What a service says of itself when it stops. */
export interface ServiceCounts {
  /** Calls made, on behalf of others and by itself. */
  readonly made: number;
}

/** Runs a service as a process of its own. */
export function runService(routes: readonly Route[], background?: Background): void {
  runChild<ServiceConfig>(async (config) => {
    const pool = await databaseOf(config);
    const outbound = new Outbound(config, pool);
    const random = new Random(config.seed);
    const desk = (cause: string | undefined): Desk => ({
      calls: outbound.causedBy(cause),
      has: (variant) => config.variants.includes(variant),
      random,
      work: (low, high) => sleep(low + random.next() * (high - low)),
    });
    const health = route('GET', '/healthz', async () => ({ status: 200, body: { status: 'ok' } }));
    const all = [...routes, health];
    const faults = new Faults(() => ({ random, server, pool }));
    const server = createServer(
      (request, response) => void answer(request, response, all, desk, faults),
    );
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    let rest = async () => {};
    return {
      ready: { port: (server.address() as AddressInfo).port },
      tell: (message) => {
        const told = message as ServiceMessage;
        if (told.kind === 'fault') return faults.add(told.fault);
        if (told.kind === 'drain') return drain(server, rest);
        if (background) rest = repeat(background, desk(undefined));
        return undefined;
      },
      stop: async (): Promise<ServiceCounts> => {
        await rest();
        return { made: outbound.made };
      },
    };
  });
}

async function drain(server: Server, rest: () => Promise<void>): Promise<void> {
  // Connections that are busy as it closes come to rest later.
  const timer = setInterval(() => server.closeIdleConnections(), 50);
  await Promise.all([new Promise((resolve) => server.close(resolve)), rest()]);
  clearInterval(timer);
}

/** The driver is loaded only where there is a database: most of a small process's start is its imports. */
async function databaseOf({ pod, ports }: ServiceConfig): Promise<Pool | undefined> {
  if (ports.postgres === undefined) return undefined;
  const { openPool } = await import('./database.ts');
  return openPool(pod.split('-')[0] ?? pod, ports.postgres);
}

/** Runs the background work, never twice at once; the function that it gives ends it. */
function repeat({ every, run }: Background, desk: Desk): () => Promise<void> {
  let current: Promise<void> | undefined;
  const timer = setInterval(() => {
    current ??= run(desk)
      .catch(() => {})
      .finally(() => {
        current = undefined;
      });
  }, every(desk.has));
  return async () => {
    clearInterval(timer);
    await current;
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  routes: readonly Route[],
  desk: (cause: string | undefined) => Desk,
  faults: Faults,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://demo');
  const body = await readBody(request);
  const mark = request.headers[callHeader];
  let reply: Reply = { status: 404, body: { error: { code: 'no_route' } } };
  for (const { method, path, handle } of routes) {
    const found = method === request.method && path.exec(url.pathname);
    if (!found) continue;
    const asked = {
      params: found.slice(1),
      query: url.searchParams,
      headers: request.headers,
      body,
    };
    const caused = desk(typeof mark === 'string' ? mark : undefined);
    reply = await faults.around(url.pathname, () => handle(asked, caused)).catch(crashed);
    break;
  }
  send(response, reply);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString());
}

function crashed(cause: unknown): Reply {
  if (cause instanceof UpstreamError) {
    const code = cause.status === 504 ? 'upstream_timeout' : 'upstream_failed';
    return { status: cause.status, body: { error: { code, message: 'Try again later.' } } };
  }
  const message = cause instanceof TypeError ? 'unexpected null' : 'internal error';
  return { status: 500, body: { error: { code: 'internal', message } } };
}

/** Lists go out in chunks, as servers do that stream; the rest with their length. */
function send(response: ServerResponse, { status, body, headers }: Reply): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (body !== undefined) response.setHeader('content-type', 'application/json; charset=utf-8');
  if (text.length > 1500) {
    response.write(text.slice(0, 700));
    response.end(text.slice(700));
  } else {
    response.setHeader('content-length', Buffer.byteLength(text));
    response.end(text);
  }
}
