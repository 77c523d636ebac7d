import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Run } from './paired.ts';

/** Peers hold all that they are given: of each operation they get so many bodies at most. */
const MOST = 5_000;

interface Genson {
  createCompoundSchema(values: unknown[]): unknown;
}
interface Quicktype {
  jsonInputForTargetLanguage(language: string): {
    addSource(source: { name: string; samples: readonly string[] }): Promise<void>;
  };
  InputData: new () => { addInput(input: unknown): void };
  quicktype(options: { inputData: unknown; lang: string }): Promise<unknown>;
}
interface Duckdb {
  DuckDBInstance: {
    create(path: string): Promise<{ connect(): Promise<{ run(sql: string): Promise<unknown> }> }>;
  };
}

/**
 * What others need for the schemas of the answers' bodies, an operation at a time, parsing included;
 * DuckDB reads the file itself. They have no templates of paths, headers, latencies, fan-outs.
 */
export async function peersOf(path: string): Promise<Readonly<Record<string, Run>>> {
  const [genson, quicktype, duckdb] = await Promise.all([
    load<Genson>('genson-js'),
    load<Quicktype>('quicktype-core'),
    load<Duckdb>('@duckdb/node-api'),
  ]);
  return {
    'genson-js': async () => {
      for (const bodies of (await bodiesOf(path)).values()) {
        genson.createCompoundSchema(bodies.map((body) => JSON.parse(body) as unknown));
      }
    },
    'quicktype-core': async () => {
      for (const samples of (await bodiesOf(path)).values()) {
        const input = quicktype.jsonInputForTargetLanguage('schema');
        await input.addSource({ name: 'Body', samples });
        const inputData = new quicktype.InputData();
        inputData.addInput(input);
        await quicktype.quicktype({ inputData, lang: 'schema' });
      }
    },
    'DuckDB, structure': async () => {
      const connection = await (await duckdb.DuckDBInstance.create(':memory:')).connect();
      await connection.run('SET threads = 1');
      await connection.run(
        `SELECT dst.svc, method, json_group_structure(resp_body::JSON) FROM read_ndjson('${path}') GROUP BY ALL`,
      );
    },
    'DuckDB, counts and quantiles': async () => {
      const connection = await (await duckdb.DuckDBInstance.create(':memory:')).connect();
      await connection.run('SET threads = 1');
      await connection.run(
        `SELECT dst.svc, method, status, count(*), quantile_cont(latency_ms, 0.95) FROM read_ndjson('${path}') GROUP BY ALL`,
      );
    },
  };
}

async function bodiesOf(path: string): Promise<ReadonlyMap<string, string[]>> {
  const bodies = new Map<string, string[]>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const { dst, method, resp_body: body } = JSON.parse(line);
    const key = `${dst.svc} ${method}`;
    const known = bodies.get(key);
    if (!known) bodies.set(key, [body]);
    else if (known.length < MOST) known.push(body);
  }
  return bodies;
}

async function load<T>(name: string): Promise<T> {
  const folder = new URL('./peers/', import.meta.url);
  const { createRequire } = await import('node:module');
  try {
    return createRequire(folder)(name) as T;
  } catch (cause) {
    throw new Error(`${name} is not there: run npm ci in scripts/bench/peers`, { cause });
  }
}
