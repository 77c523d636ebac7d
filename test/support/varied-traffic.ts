import type { Body, Call } from '../../src/calls/call.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call, endpoint, json } from './calls.ts';
import { integer, pick, type Random, random, word } from './random.ts';

const START = Date.UTC(2026, 0, 5, 12);
const HEX = '0123456789abcdef';
const text = (given: string): Body => ({ state: 'whole', text: given });
const bytes = (...given: number[]): Body => ({ state: 'binary', bytes: Uint8Array.from(given) });
const typed = (type: string) => new Map([['content-type', type]]);

type Given = Parameters<typeof call>[0];

/** Bodies of every kind, by media type: what they hold, and what is wrong with some. */
const BODIES: readonly (readonly [string, (next: Random) => Body])[] = [
  ['application/x-ndjson', (next) => text(`{"a":${next()}}\n{"b":[]}\n`)],
  ['text/event-stream', (next) => text(`event: price\ndata: {"p":${integer(next, 1, 9)}}\n\n`)],
  ['application/x-www-form-urlencoded', (next) => text(`a=${integer(next, 1, 3)}&b=x%20y&a=2`)],
  [
    'multipart/form-data; boundary=b',
    () =>
      text('--b\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\n\r\nx\r\n--b--'),
  ],
  ['application/xml', (next) => text(`<o id="${integer(next, 1, 9)}"><l>a</l><l>b</l></o>`)],
  ['application/grpc', (next) => bytes(0, 0, 0, 0, 2, 0x08, integer(next, 1, 100))],
  ['application/x-protobuf', () => bytes(0x12, 2, 0x61, 0x62, 0x25, 0, 0, 0, 0)],
  ['text/plain', (next) => text(word(next, 5, 'abc'))],
  ['image/png', () => bytes(1, 2, 3)],
  ['application/json', () => text('{broken')],
  ['application/json', () => ({ state: 'cut', text: '{"a":' })],
  ['text/html', () => ({ state: 'redacted', text: '[redacted]' })],
  ['application/json', () => ({ state: 'unseen', text: '' })],
];

/** Answers of `orders`, in which members are missing, null, of two types, or names of a map. */
function order(next: Random, i: number, later: boolean): object {
  return {
    id: 1000 + i,
    ref: `${word(next, 8, HEX)}-${word(next, 4, HEX)}-4${word(next, 3, HEX)}-a${word(next, 3, HEX)}-${word(next, 12, HEX)}`,
    at: new Date(START + i * 7_654_321).toISOString(),
    state: pick(next, ['open', 'paid', 'shipped', ...(later ? ['lost'] : [])]),
    total: integer(next, 0, 9999) / (later ? 1 : 100),
    owner: next() < (later ? 0.5 : 0) ? null : { name: word(next, 6, 'abcdef'), vip: next() < 0.2 },
    lines: Array.from({ length: integer(next, 0, 3) }, (_, k) => ({ sku: `s${k}`, n: k + 1 })),
    stock: Object.fromEntries([0, 1, 2].map((k) => [word(next, 9, HEX), k])),
    ...(later ? {} : { currency: 'EUR' }),
    ...(next() < 0.5 && { note: next() < 0.5 ? word(next, 20, 'ab ') : i }),
    url: 'https://shop.example/a',
    mail: `${word(next, 4, 'abc')}@shop.example`,
  };
}

/** One round of a shop: what `orders` handles and makes, a job in the background, and other bodies. */
function* round(i: number, next: Random, later: boolean): Generator<Given & { after: number }> {
  const node = pick(next, ['n1', 'n2']);
  const slow = later ? 60 : 12;
  const headers = new Map([
    ['accept', 'application/json'],
    ['authorization', i % 9 ? 'Bearer abc' : 'Basic abc'],
    ['x-request-id', word(next, 16, HEX)],
  ]);
  const status = i % 13 === 0 ? '404' : i % (later ? 4 : 29) === 0 ? '500' : '200';
  const read = { from: 'web', to: 'orders', node, requestHeaders: headers, responseSize: 900 + i };
  const sightings = [{ node: 'n3', ahead: integer(next, -2, 2) }];
  const answer = status === '200' ? order(next, i, later) : { error: { code: status } };
  const expand = i % 3 ? '' : `?expand=lines&page=${i}`;
  yield {
    ...read,
    sightings,
    after: 0,
    latency: slow + integer(next, 0, 6),
    path: `/orders/${1000 + i}${expand}`,
    status,
    responseHeaders: new Map([
      ...typed('application/json; charset=utf-8'),
      ['cache-control', later ? 'no-store' : 'max-age=60, public'],
      ...(later ? [] : ([['vary', 'accept, origin']] as const)),
    ]),
    responseBody: json(answer),
  };
  const own = { from: 'orders', node, latency: 1, requestHeaders: new Map() };
  yield { ...own, to: 'cache', protocol: 'redis', method: 'GET', path: `order:${i}`, after: 1 };
  for (let k = 0; k < (later ? 3 : 1); k++) {
    const path = `SELECT id, total FROM orders WHERE id = ${1000 + i}`;
    yield { ...own, to: 'db', protocol: 'postgresql', method: 'SELECT', path, after: 3 + k };
  }
  const place = { ...read, method: 'POST', path: '/orders', status: '201', latency: slow + 20 };
  const amount = later ? String(i) : i;
  yield {
    ...place,
    after: 200,
    requestHeaders: new Map([...headers, ...typed('application/json')]),
    requestBody: json({ amount, to: { city: pick(next, ['Bonn', 'Köln']) } }),
    responseBody: { state: 'absent' },
    requestSize: 80,
  };
  const post = { ...own, method: 'POST', requestHeaders: headers, status: '200' };
  yield { ...post, to: later ? 'payment' : 'stock', path: '/reserve', after: 202 };
  for (let k = 0; k < (i % 5 === 0 ? 3 : 1); k++) {
    const failed = i % 5 === 0 && k < 2 ? '503' : '200';
    yield { ...post, to: 'payment', path: '/charge', status: failed, after: 204 + 3 * k * (k + 1) };
  }
  if (!later) yield { ...post, to: 'audit', path: '/events', after: 226 };
  if (later && i % 3 === 0) {
    const dst = endpoint('tracker.example');
    const outside = { name: 'tracker.example', kind: 'outside' } as const;
    yield { ...post, dst: { ...dst, workload: outside }, path: '/pixel', after: 228 };
  }
  const job = { from: 'cron', to: 'mail', protocol: 'kafka', method: 'PRODUCE', path: 'mails' };
  yield { ...job, status: undefined, latency: undefined, node: undefined, after: 400 };
  const [type, make] = BODIES[i % BODIES.length] as (typeof BODIES)[number];
  const upload = { from: 'web', to: 'files', method: 'PUT', path: `/files/f${i % 4}` };
  const body = { requestHeaders: typed(type), requestBody: make(next), requestSize: i };
  yield { ...upload, ...body, status: i % 10 ? '204' : undefined, latency: i % 7, after: 500 };
}

/** A minute of traffic with something of everything that a profile keeps; `later`: of a worse version. */
export function variedCalls(later = false, rounds = 65): Call[] {
  const next = random('varied', String(later));
  const calls: Call[] = [];
  for (let i = 0; i < rounds; i++) {
    for (const { after, ...given } of round(i, next, later)) {
      const ts = START + i * 1000 + after;
      const made = call({ ...given, ts, id: `${later ? 'c' : 'b'}/${calls.length}` });
      const nodes = { src: { ...made.src, node: made.node }, dst: { ...made.dst, node: 'n3' } };
      calls.push({ ...made, ...nodes });
    }
  }
  return calls;
}

export function profileOf(calls: readonly Call[]): Profile {
  const profiler = new Profiler();
  for (const one of calls) profiler.push({ kind: 'call', call: one });
  return profiler.finish();
}
