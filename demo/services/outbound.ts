import { Agent, type IncomingHttpHeaders } from 'node:http';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { callHeader, causeHeader, markSql } from '../tap/truth-marks.ts';
import { exchange } from './http-client.ts';
import { RespClient } from './resp-client.ts';
import type { ServiceConfig } from './service.ts';
import { UpstreamError } from './upstream.ts';

/** ms that a caller waits for an answer, where it does not say. */
const patience = 8000;
/** What the variant `impatient` does instead. */
const impatient = { timeout: 250, attempts: 3 };

/** What another service said; `Body` is the shape that its good answers have. */
export interface HttpAnswer<Body = unknown> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Body;
}

export interface HttpAsk {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** ms to wait for the answer. */
  readonly timeout?: number;
}

/** The ways out of one service: keep-alive HTTP, a PostgreSQL pool, a cache connection. */
export class Outbound {
  readonly #name: string;
  readonly #ports: Readonly<Record<string, number>>;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #pool: Pool | undefined;
  readonly #cache: RespClient | undefined;
  readonly #impatient: boolean;
  #calls = 0;

  constructor({ pod, ports, variants }: ServiceConfig, pool: Pool | undefined) {
    this.#name = pod;
    this.#ports = ports;
    this.#pool = pool;
    this.#impatient = variants.includes('impatient');
    if (ports.cache !== undefined) this.#cache = new RespClient(ports.cache);
  }

  /** The ways out on behalf of a handled call, or of none. */
  causedBy(cause: string | undefined): Calls {
    return new Calls(this, cause);
  }

  /** Calls made so far. */
  get made(): number {
    return this.#calls;
  }

  mark(): string {
    return `${this.#name}:${++this.#calls}`;
  }

  get pool(): Pool {
    if (!this.#pool) throw new Error(`${this.#name} has no database`);
    return this.#pool;
  }

  get cache(): RespClient {
    if (!this.#cache) throw new Error(`${this.#name} has no cache`);
    return this.#cache;
  }

  /** Asks another service, again and again where it is impatient; each attempt is a call of its own. */
  async send<Body>(
    host: string,
    method: string,
    path: string,
    ask: HttpAsk,
    cause: Record<string, string>,
  ): Promise<HttpAnswer<Body>> {
    const again = (timeout: number) =>
      this.#attempt<Body>(host, method, path, { ...ask, timeout }, cause);
    if (!this.#impatient) return again(ask.timeout ?? patience);
    for (let attempt = 1; attempt < impatient.attempts; attempt++) {
      try {
        return await again(impatient.timeout);
      } catch (reason) {
        if (!(reason instanceof UpstreamError && reason.status === 504)) throw reason;
      }
    }
    return again(impatient.timeout);
  }

  #attempt<Body>(
    host: string,
    method: string,
    path: string,
    ask: HttpAsk,
    cause: Record<string, string>,
  ): Promise<HttpAnswer<Body>> {
    const payload = ask.body === undefined ? undefined : JSON.stringify(ask.body);
    return exchange<Body>(
      {
        host: '127.0.0.1',
        port: this.#ports[host.split(':')[0] ?? host],
        method,
        path,
        agent: this.#agent,
        headers: {
          host,
          accept: 'application/json',
          'user-agent': `${this.#name.split('-')[0]}/2.4`,
          ...ask.headers,
          ...(payload !== undefined && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(payload),
          }),
          [callHeader]: this.mark(),
          ...cause,
        },
      },
      payload,
      ask.timeout ?? patience,
    );
  }
}

/** Calls out, each bearing the mark of the call that caused it. */
export class Calls {
  readonly #outbound: Outbound;
  readonly #cause: string | undefined;

  constructor(outbound: Outbound, cause: string | undefined) {
    this.#outbound = outbound;
    this.#cause = cause;
  }

  http<Body>(
    host: string,
    method: string,
    path: string,
    ask: HttpAsk = {},
  ): Promise<HttpAnswer<Body>> {
    const cause = this.#cause === undefined ? {} : { [causeHeader]: this.#cause };
    return this.#outbound.send<Body>(host, method, path, ask, cause);
  }

  async sql<Row extends QueryResultRow>(
    text: string,
    params: readonly unknown[] = [],
  ): Promise<Row[]> {
    return (await this.#query<Row>(this.#outbound.pool, text, params)).rows;
  }

  /** Runs `work` between BEGIN and COMMIT; ROLLBACK when it answers false. Its `sql` gives the number of rows. */
  async transaction(
    work: (sql: (text: string, params: readonly unknown[]) => Promise<number>) => Promise<boolean>,
  ): Promise<boolean> {
    const client = await this.#outbound.pool.connect();
    try {
      await this.#query(client, 'BEGIN', []);
      const good = await work(async (text, params) => {
        return (await this.#query(client, text, params)).rowCount ?? 0;
      });
      await this.#query(client, good ? 'COMMIT' : 'ROLLBACK', []);
      return good;
    } finally {
      client.release();
    }
  }

  cache(...args: string[]): Promise<string | null> {
    return this.#outbound.cache.send(args, this.#mark());
  }

  #query<Row extends QueryResultRow>(
    on: Pool | PoolClient,
    text: string,
    params: readonly unknown[],
  ) {
    const marked = markSql(text, this.#mark());
    return params.length === 0 ? on.query<Row>(marked) : on.query<Row>(marked, [...params]);
  }

  #mark() {
    return { call: this.#outbound.mark(), cause: this.#cause };
  }
}
