import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { randomOf, zipf } from '../accuracy/random.ts';
import { type Body, fixedBody, keyedBody } from './corpus-bodies.ts';

/** What a seeded corpus of calls looks like. */
export interface Corpus {
  readonly name: 'static' | 'large' | 'dynamic';
  /** Bytes of a record, about. */
  readonly bytes: number;
}

/** Calls of about 1.2 kB, of about 4 kB, and with names in bodies that are data. */
export const CORPORA: readonly Corpus[] = [
  { name: 'static', bytes: 1_200 },
  { name: 'large', bytes: 4_000 },
  { name: 'dynamic', bytes: 1_200 },
];

/** Unix ms. */
const START = 1_750_000_000_000;
const CALLS_A_SECOND = 200;
const SERVICES = 8;
const METHODS = ['GET', 'POST', 'PUT', 'GET', 'DELETE'];
const THINGS = ['orders', 'products', 'customers', 'payments', 'invoices'];
const BATCH = 1_000;

/** Records of a seeded corpus as lines: 40 operations of 8 services, called from outside. */
export function* corpusLines(corpus: Corpus, calls: number): Generator<string> {
  const random = randomOf(20 + corpus.bytes + corpus.name.length);
  const body: Body = corpus.name === 'dynamic' ? keyedBody : fixedBody;
  for (let n = 0; n < calls; n++) {
    const operation = zipf(random, SERVICES * METHODS.length);
    const service = operation % SERVICES;
    const method = METHODS[Math.floor(operation / SERVICES)] as string;
    const writes = method === 'POST' || method === 'PUT';
    const status = random() < 0.01 ? 500 : writes ? 201 : 200;
    const room = corpus.bytes - 620;
    const request = writes ? JSON.stringify(body(random, operation, room / 4)) : null;
    const answer = JSON.stringify(body(random, operation, writes ? room / 2 : (room * 3) / 4));
    const ts = START + Math.floor((n * 1000) / CALLS_A_SECOND);
    const latency = Math.round(1000 * Math.exp(2 + random() + random() + random())) / 1000;
    yield JSON.stringify({
      id: `node-1/${Math.floor(n / 1000)}/${n % 1000}`,
      ts,
      src: { ip: '203.0.113.9', port: 40_000 + (n % 64) },
      dst: {
        ip: `10.0.0.${service}`,
        port: 8080,
        pod: `service-${service}-6d4cf56db6-x2x7z`,
        ns: 'bench',
        svc: `service-${service}`,
      },
      proto: 'http',
      method,
      path: `/api/${THINGS[Math.floor(operation / SERVICES)]}/${Math.floor(random() * 1e9)}${method === 'GET' ? '?page=2&sort=name' : ''}`,
      status: String(status),
      latency_ms: latency,
      conn_id: `c-${service}-${n % 64}`,
      node_id: 'node-1',
      req_headers: {
        host: `service-${service}`,
        'user-agent': 'bench/1.0',
        accept: 'application/json',
        ...(request === null ? {} : { 'content-type': 'application/json' }),
      },
      resp_headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(answer)),
        'cache-control': 'no-store',
      },
      req_body: request,
      resp_body: answer,
      req_size: request === null ? 0 : request.length,
      resp_size: answer.length,
    });
  }
}

/** Writes a corpus to a file; bytes written. */
export async function writeCorpus(corpus: Corpus, calls: number, path: string): Promise<number> {
  const out = createWriteStream(path);
  let batch: string[] = [];
  let bytes = 0;
  const flush = async () => {
    const text = `${batch.join('\n')}\n`;
    bytes += Buffer.byteLength(text);
    batch = [];
    if (!out.write(text)) await once(out, 'drain');
  };
  for (const line of corpusLines(corpus, calls)) if (batch.push(line) >= BATCH) await flush();
  if (batch.length > 0) await flush();
  out.end();
  await once(out, 'finish');
  return bytes;
}
