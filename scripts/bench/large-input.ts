import { once } from 'node:events';
import { CORPORA, corpusLines } from './corpus.ts';
import { packetFile } from './packet-file.ts';

/**
 * A seeded capture of any size, to stdout, within little memory:
 * `node scripts/bench/large-input.ts ndjson|har|pcap BYTES [static|large|dynamic]`.
 */
const [kind = 'ndjson', bytes = '1e8', name = 'static'] = process.argv.slice(2);
const corpus = CORPORA.find((one) => one.name === name);
if (!corpus) throw new Error(`no corpus ${name}`);
const lines = corpusLines(corpus, Number.POSITIVE_INFINITY);

const KINDS: Readonly<Record<string, (lines: Iterable<string>) => Iterable<string | Buffer>>> = {
  ndjson: function* (records) {
    for (const record of records) yield `${record}\n`;
  },
  har: function* (records) {
    yield '{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[';
    let comma = '';
    for (const record of records) {
      yield `${comma}\n${JSON.stringify(entryOf(JSON.parse(record)))}`;
      comma = ',';
    }
  },
  pcap: packetFile,
};
const END: Readonly<Record<string, string>> = { har: ']}}' };

const make = KINDS[kind];
if (!make) throw new Error(`no kind ${kind}`);
let left = Number(bytes);
let batch: Buffer[] = [];
let held = 0;
for (const piece of make(lines)) {
  const buffer = Buffer.from(piece);
  batch.push(buffer);
  held += buffer.length;
  left -= buffer.length;
  if (held < 1 << 18 && left > 0) continue;
  if (!process.stdout.write(Buffer.concat(batch))) await once(process.stdout, 'drain');
  batch = [];
  held = 0;
  if (left <= 0) break;
}
process.stdout.write(END[kind] ?? '');

interface Call {
  readonly [name: string]: unknown;
}

function entryOf(call: Call) {
  const dst = call.dst as { readonly svc: string; readonly ip: string };
  const headers = (of: unknown) =>
    Object.entries(of as object).map(([header, value]) => ({ name: header, value }));
  return {
    startedDateTime: new Date(call.ts as number).toISOString(),
    time: call.latency_ms,
    request: {
      method: call.method,
      url: `http://${dst.svc}:8080${call.path}`,
      httpVersion: 'HTTP/1.1',
      headers: headers(call.req_headers),
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: call.req_size,
      ...(call.req_body !== null && {
        postData: { mimeType: 'application/json', text: call.req_body },
      }),
    },
    response: {
      status: Number(call.status),
      statusText: '',
      httpVersion: 'HTTP/1.1',
      headers: headers(call.resp_headers),
      cookies: [],
      content: { size: call.resp_size, mimeType: 'application/json', text: call.resp_body },
      redirectURL: '',
      headersSize: -1,
      bodySize: call.resp_size,
    },
    cache: {},
    timings: { send: 0, wait: call.latency_ms, receive: 0 },
    serverIPAddress: dst.ip,
  };
}
