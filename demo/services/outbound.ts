import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { callHeader, causeHeader, markSql } from '../tap/truth-marks.ts';
import { RespClient } from './resp-client.ts';

/** What another service said; `Body` is the shape that its good answers have. */
export interface HttpAnswer<Body = unknown> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Body;
}

export interface HttpAsk {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The ways out of one service: keep-alive HTTP, a PostgreSQL pool, a cache connection. */
export class Outbound {
  readonly #name: string;
  readonly #ports: Readonly<Record<string, number>>;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #pool: Pool | undefined;
  readonly #cache: RespClient | undefined;
  #calls = 0;

  /** `ports`: where each service that this one may call is reached. */
  constructor(name: string, ports: Readonly<Record<string, number>>, pool: Pool | undefined) {
    this.#name = name;
    this.#ports = ports;
    this.#pool = pool;
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

  send<Body>(
    host: string,
    method: string,
    path: string,
    ask: HttpAsk,
    marks: Record<string, string>,
  ) {
    const port = this.#ports[host.split(':')[0] ?? host];
    const payload = ask.body === undefined ? undefined : JSON.stringify(ask.body);
    return new Promise<HttpAnswer<Body>>((resolve, reject) => {
      const headers = {
        host,
        accept: 'application/json',
        'user-agent': `${this.#name.split('-')[0]}/2.4`,
        ...ask.headers,
        ...(payload !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(payload),
        }),
        ...marks,
      };
      const options = { host: '127.0.0.1', port, method, path, headers, agent: this.#agent };
      const sent = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const body = text === '' ? undefined : JSON.parse(text);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      });
      sent.on('error', reject);
      sent.end(payload);
    });
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
    return this.#outbound.send<Body>(host, method, path, ask, {
      [callHeader]: this.#outbound.mark(),
      ...(this.#cause !== undefined && { [causeHeader]: this.#cause }),
    });
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
