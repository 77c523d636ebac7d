import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import pg from 'pg';
import { callHeader, causeHeader, markSql } from '../tap/truth-marks.ts';
import { RespClient } from './resp-client.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: a JSON body of another service, read where it is known
  readonly body: any;
}

export interface HttpAsk {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: rows are read where their query stands
export type Row = Record<string, any>;

/** The ways out of one service: keep-alive HTTP, a PostgreSQL pool, a cache connection. */
export class Outbound {
  readonly #name: string;
  readonly #ports: Readonly<Record<string, number>>;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #pool: pg.Pool | undefined;
  readonly #cache: RespClient | undefined;
  #calls = 0;

  /** `ports`: where each service that this one may call is reached. */
  constructor(name: string, ports: Readonly<Record<string, number>>) {
    this.#name = name;
    this.#ports = ports;
    if (ports.postgres !== undefined) {
      const login = { user: name.split('-')[0] ?? name, password: 'demo', database: 'postgres' };
      this.#pool = new pg.Pool({ host: '127.0.0.1', port: ports.postgres, ...login, max: 10 });
      // A connection that ends while idle is no concern of the service.
      this.#pool.on('error', () => {});
    }
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

  get pool(): pg.Pool {
    if (!this.#pool) throw new Error(`${this.#name} has no database`);
    return this.#pool;
  }

  get cache(): RespClient {
    if (!this.#cache) throw new Error(`${this.#name} has no cache`);
    return this.#cache;
  }

  send(host: string, method: string, path: string, ask: HttpAsk, marks: Record<string, string>) {
    const port = this.#ports[host.split(':')[0] ?? host];
    const payload = ask.body === undefined ? undefined : JSON.stringify(ask.body);
    return new Promise<HttpAnswer>((resolve, reject) => {
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

  http(host: string, method: string, path: string, ask: HttpAsk = {}): Promise<HttpAnswer> {
    return this.#outbound.send(host, method, path, ask, {
      [callHeader]: this.#outbound.mark(),
      ...(this.#cause !== undefined && { [causeHeader]: this.#cause }),
    });
  }

  async sql(text: string, params: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#query(this.#outbound.pool, text, params)).rows;
  }

  /** Runs `work` between BEGIN and COMMIT; ROLLBACK when it answers false. */
  async transaction(
    work: (sql: (text: string, params: readonly unknown[]) => Promise<Row[]>) => Promise<boolean>,
  ): Promise<boolean> {
    const client = await this.#outbound.pool.connect();
    try {
      await this.#query(client, 'BEGIN', []);
      const good = await work(async (text, params) => {
        return (await this.#query(client, text, params)).rows;
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

  #query(on: pg.Pool | pg.PoolClient, text: string, params: readonly unknown[]) {
    const marked = markSql(text, this.#mark());
    return params.length === 0 ? on.query(marked) : on.query(marked, [...params]);
  }

  #mark() {
    return { call: this.#outbound.mark(), cause: this.#cause };
  }
}
