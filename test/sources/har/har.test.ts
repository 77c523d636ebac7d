import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DocumentSplitter } from '../../../src/sources/ndjson-document.ts';
import { readContent } from '../../support/reading.ts';

interface Given {
  readonly request?: object;
  readonly response?: object;
  readonly [member: string]: unknown;
}

const entry = ({ request, response, ...more }: Given = {}) => ({
  startedDateTime: '2026-05-01T10:00:00.000Z',
  time: 30,
  request: { method: 'GET', url: 'https://api.shop.test/orders?page=1', headers: [], ...request },
  response: { status: 200, headers: [], content: { size: 0 }, ...response },
  timings: { blocked: 9, dns: 1, connect: 2, send: 1, wait: 16, receive: 1 },
  ...more,
});

const har = (entries: readonly unknown[], log: object = {}) =>
  JSON.stringify({
    log: { version: '1.2', creator: { name: 'Firefox', version: '140' }, ...log, entries },
  });

const one = async (given: Given) => {
  const { calls } = await readContent(har([entry(given)]));
  return calls[0];
};

it("reads Firefox's form: zones, HTTP/2, a form's params, base64", async () => {
  const page = { id: 'page_1', title: '{"entries":[', pageTimings: {} };
  const text = har(
    [
      entry({
        startedDateTime: '2026-05-01T12:00:00.250+02:00',
        pageref: 'page_1',
        connection: '443',
        serverIPAddress: '203.0.113.8',
        request: {
          method: 'POST',
          url: 'https://api.shop.test/login?next=%2F',
          httpVersion: 'HTTP/2',
          headers: [{ name: 'Cookie', value: 'a=b' }],
          bodySize: 9,
          postData: {
            mimeType: 'application/x-www-form-urlencoded',
            params: [
              { name: 'user', value: 'a b' },
              { name: 'pin', value: '1' },
            ],
          },
        },
        response: {
          status: 201,
          headers: [{ name: 'X-Id', value: '7' }],
          content: {
            mimeType: 'application/json',
            size: 8,
            text: 'eyJhIjoxfQo=',
            encoding: 'base64',
          },
        },
      }),
    ],
    { browser: { name: 'Firefox', version: '140' }, pages: [page] },
  );
  const { calls, bad, problems } = await readContent(text);
  expect({ bad, problems }).toEqual({ bad: [], problems: [] });
  expect(calls).toMatchObject([
    {
      id: 'entry-0',
      ts: Date.parse('2026-05-01T10:00:00.250Z'),
      latency: 18,
      src: { workload: { name: 'firefox' } },
      dst: { workload: { name: 'api.shop.test', kind: 'host' }, ip: '203.0.113.8', port: 443 },
      protocol: 'http',
      method: 'POST',
      path: '/login?next=%2F',
      status: '201',
      requestBody: { state: 'whole', text: 'user=a+b&pin=1' },
      responseBody: { state: 'whole', text: '{"a":1}\n' },
      connection: '443',
    },
  ]);
  expect(calls[0]?.responseHeaders.get('content-type')).toBe('application/json');
});

it("reads mitmproxy's form: microseconds, pseudo-headers, sockets", async () => {
  const text = har(
    [
      entry({
        startedDateTime: '2026-05-01T10:00:00.123456+00:00',
        request: {
          url: 'http://orders.shop.svc.cluster.local:8080/ws',
          headers: [
            { name: ':authority', value: 'orders.shop.svc.cluster.local:8080' },
            { name: 'Accept', value: '*/*' },
          ],
        },
        response: { status: 101 },
        _webSocketMessages: [
          { type: 'send', time: 1_777_629_601.5, opcode: 1, data: '{"type":"hello"}' },
          { type: 'receive', time: 1_777_629_602, opcode: 2, data: 'AAE=' },
        ],
      }),
    ],
    { creator: { name: 'mitmproxy', version: '12' } },
  );
  const { calls, bad } = await readContent(text);
  expect(bad).toEqual([]);
  expect(
    calls.map(({ ts, src, dst, method, protocol }) => [
      ts,
      `${src.workload.name} → ${dst.workload.name}`,
      `${protocol} ${method}`,
    ]),
  ).toEqual([
    [1_777_629_600_123.456, 'mitmproxy → orders', 'http GET'],
    [1_777_629_601_500, 'mitmproxy → orders', 'ws SEND'],
    [1_777_629_602_000, 'orders → mitmproxy', 'ws RECEIVE'],
  ]);
  expect([...(calls[0]?.requestHeaders.keys() ?? [])]).toEqual(['accept', 'host']);
  expect(calls[2]?.requestBody).toMatchObject({ state: 'binary' });
});

it.each([
  ['whole', { size: 7, text: '{"a":1}' }],
  ['whole', { size: 3, compression: 4, text: '{"a":1}' }],
  ['cut', { size: 900, text: '{"a":1}' }],
  ['cut', { size: 7 }],
  ['cut', { size: -1 }],
  ['absent', { size: 0, text: '' }],
  ['absent', {}],
])('a response body is %s: %j', async (state, content) => {
  expect((await one({ response: { status: 200, content } }))?.responseBody.state).toBe(state);
});

it.each([
  ['absent', { bodySize: 0 }],
  ['absent', { bodySize: -1 }],
  ['cut', { bodySize: 12 }],
  [
    'cut',
    { postData: { mimeType: 'multipart/form-data', params: [{ name: 'f', fileName: 'a' }] } },
  ],
  ['whole', { postData: { mimeType: 'application/json', text: '{}' } }],
])('a request body is %s: %j', async (state, request) => {
  expect((await one({ request: { method: 'POST', ...request } }))?.requestBody.state).toBe(state);
});

it.each([0, -1])('status %i: nothing was answered', async (status) => {
  expect(await one({ response: { status, _error: 'net::ERR_FAILED' } })).toMatchObject({
    status: undefined,
    latency: undefined,
    responseBody: { state: 'absent' },
  });
});

it('a request that was given up after a while, or that failed, was not answered', async () => {
  for (const [time, _failureText] of [
    [5000, 'net::ERR_ABORTED'],
    [16, 'net::ERR_CONNECTION_RESET'],
  ]) {
    const call = await one({ time, response: { status: -1, _failureText } });
    expect(call).toMatchObject({ status: undefined, cause: null });
  }
});

it.each([
  ['localhost:3001', 'http://localhost:3001/a', {}],
  ['localhost:3002', 'http://127.0.0.1:3002/a', { serverIPAddress: '127.0.0.1' }],
  ['localhost', 'http://127.0.0.1:45497/a', { serverIPAddress: '127.0.0.1' }],
  ['localhost:80', 'http://[::1]/a', { serverIPAddress: '[::1]' }],
  ['orders.test', 'http://orders.test:3001/a', { serverIPAddress: '127.0.0.1' }],
  ['inside', 'http://10.1.2.3/a', {}],
  ['outside', 'https://203.0.113.8/a', {}],
])('the callee is %s: %s', async (name, url, more) => {
  expect((await one({ request: { url }, ...more }))?.dst.workload.name).toBe(name);
});

it('what no network shows is no call; what is no entry is a bad record', async () => {
  const none = [
    entry({ request: { url: 'data:text/plain,hi' } }),
    entry({ request: { url: 'blob:https://a.test/1' } }),
    entry({ _fromCache: 'disk' }),
    entry({
      request: {
        method: 'OPTIONS',
        headers: [{ name: 'Access-Control-Request-Method', value: 'PUT' }],
      },
    }),
    entry({ time: 16.7, response: { status: -1, _failureText: 'net::ERR_ABORTED' } }),
  ];
  const bad = [{}, entry({ startedDateTime: 'soon' }), entry({ request: { url: '//' } })];
  const read = await readContent(har([...none, ...bad, entry()]));
  expect({ calls: read.calls.length, bad: read.bad.length }).toEqual({ calls: 1, bad: 3 });
});

it('gives calls in time order, from compressed archives too, and says where one is cut', async () => {
  const times = [3, 1, 2].map((second) =>
    entry({ startedDateTime: `2026-05-01T10:00:0${second}Z` }),
  );
  const text = har(times);
  const order = [1, 2, 3].map((second) => Date.parse(`2026-05-01T10:00:0${second}Z`));
  const whole = await readContent(gzipSync(text));
  expect(whole.calls.map(({ ts }) => ts)).toEqual(order);
  expect(whole.problems).toEqual([]);
  const cut = await readContent(text.slice(0, -40));
  expect(cut.problems).toMatchObject([{ code: 'incomplete' }]);
  expect(cut.calls).toHaveLength(2);
});

it('takes entries apart wherever the chunks end, and holds none', () => {
  const entries = [1, 2, 3].map((i) => entry({ comment: `"entries":[{ ${i}` }));
  const text = Buffer.from(har(entries, { pages: [{ id: 'p', entries: [{}] }] }));
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), (cuts) => {
      const splitter = new DocumentSplitter(10_000, { key: /"entries"\s*:\s*$/, depth: 2 });
      const edges = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      const pieces = edges
        .slice(1)
        .flatMap((end, i) => splitter.push(text.subarray(edges[i] as number, end)));
      const found = pieces.filter(({ kind }) => kind === 'element').map(({ text }) => text);
      expect(found).toEqual(entries.map((one) => JSON.stringify(one)));
      expect(JSON.parse(`${splitter.before}]}}`)).toMatchObject({ log: { pages: [{ id: 'p' }] } });
      expect(splitter.open).toBe(false);
    }),
    { examples: [[[106, 106]], [Array.from({ length: 300 }, (_, i) => i)]] },
  );
});
