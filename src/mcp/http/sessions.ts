import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Context } from '../context.ts';
import { createServer } from '../server.ts';
import type { Refusal } from './guard.ts';

const MAX_SESSIONS = 32;
/** A client that has said nothing for so long has left, ms. */
const IDLE_MS = 1_800_000;
/** One that may be sent away to make room for another, ms. */
const SHORT_IDLE_MS = 60_000;
const MAX_BODY = 1024 * 1024;

interface Session {
  readonly transport: StreamableHTTPServerTransport;
  readonly close: () => Promise<void>;
  /** Requests under way, the stream that a client listens to among them. */
  open: number;
  usedAt: number;
}

/** The clients of one server, each with a session of its own; bounded in number and idle time. */
export class Sessions {
  readonly #context: Context;
  readonly #now: () => number;
  readonly #sessions = new Map<string, Session>();
  /** Begun and not yet known by an id: they take room as well. */
  #beginning = 0;

  constructor(context: Context, now: () => number = Date.now) {
    this.#context = context;
    this.#now = now;
  }

  /** Answers a request, which begins a session where it names none; the refusal where it can't. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<Refusal | undefined> {
    const id = request.headers['mcp-session-id'];
    if (id === undefined && request.method !== 'POST') {
      return { status: 400, message: 'begin with initialize' };
    }
    if (id !== undefined) {
      const session = this.#sessions.get(String(id));
      if (!session) return { status: 404, message: 'there is no such session: initialize again' };
      await this.#use(session, request, response);
      return undefined;
    }
    await this.sweep();
    if (this.#sessions.size + this.#beginning >= MAX_SESSIONS) {
      return {
        status: 503,
        message: `${MAX_SESSIONS} sessions are open already`,
        headers: { 'retry-after': '60' },
      };
    }
    this.#beginning++;
    try {
      await this.#use(await this.#begin(), request, response);
    } finally {
      this.#beginning--;
    }
    return undefined;
  }

  /** Sends those away that have been idle for too long; sooner where there is no room for others. */
  async sweep(): Promise<void> {
    const patience = this.#sessions.size >= MAX_SESSIONS ? SHORT_IDLE_MS : IDLE_MS;
    const now = this.#now();
    for (const session of [...this.#sessions.values()]) {
      if (session.open === 0 && now - session.usedAt >= patience) await session.close();
    }
  }

  async close(): Promise<void> {
    for (const session of [...this.#sessions.values()]) await session.close();
  }

  async #begin(): Promise<Session> {
    const server = createServer(this.#context);
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: MAX_BODY,
      onsessioninitialized: (id) => void this.#sessions.set(id, session),
    });
    const session: Session = {
      transport,
      close: () => server.close(),
      open: 0,
      usedAt: this.#now(),
    };
    server.server.onclose = () => {
      if (transport.sessionId !== undefined) this.#sessions.delete(transport.sessionId);
    };
    await server.connect(transport as Parameters<typeof server.connect>[0]);
    return session;
  }

  async #use(session: Session, request: IncomingMessage, response: ServerResponse): Promise<void> {
    session.open++;
    response.once('close', () => {
      session.open--;
      session.usedAt = this.#now();
      // What did not begin a session is nobody's.
      if (session.transport.sessionId === undefined) void session.close();
    });
    await session.transport.handleRequest(request, response);
  }
}
