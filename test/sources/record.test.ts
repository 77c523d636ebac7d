import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { parseLine, parseRecord } from '../../src/sources/record.ts';
import { formatRecord } from '../../src/sources/record-format.ts';
import { generateNdjson } from '../support/records.ts';

const minimal = { id: 'n1/2/3', ts: 1_700_000_000_000, proto: 'http' };

function call(record: unknown): Call {
  const observation = parseRecord(record);
  if (observation.kind === 'bad') throw new Error(observation.reason);
  return observation.call;
}

function reason(line: string): string | undefined {
  const observation = parseLine(line);
  return observation.kind === 'bad' ? observation.reason : undefined;
}

test('a full record', () => {
  const src = { ip: '10.1.2.3', port: 40_000, pod: 'web-7d9f8b6c5-x2x4z', ns: 'shop', node: 'a' };
  const dst = { ip: '10.1.2.4', port: 8080, pod: 'orders-0', ns: 'shop', svc: 'orders', node: 'b' };
  const record = {
    id: 'a/1/2',
    ts: 1_700_000_000_123,
    src,
    dst,
    proto: 'HTTP',
    method: 'get',
    path: '/api/orders/7?x=1',
    status: 200,
    latency_ms: 1.25,
    conn_id: 12,
    flow_id: '18446744073709551615',
    node_id: 'b',
    req_headers: { Accept: ['text/html', 'x'], 'X-A': '1', 'x-a': 2 },
    resp_headers: [{ name: 'Content-Type', value: 'application/json' }],
    req_body: '',
    resp_body: '{"id":7}',
    req_size: 0,
    resp_size: '8',
    worker: 'w',
    unknown: { deep: [1] },
  };
  expect(call(record)).toEqual({
    id: 'a/1/2',
    ts: 1_700_000_000_123,
    latency: 1.25,
    src: {
      workload: { name: 'web', kind: 'owner' },
      namespace: 'shop',
      pod: src.pod,
      ip: src.ip,
      port: 40_000,
      node: 'a',
    },
    dst: {
      workload: { name: 'orders', kind: 'service' },
      namespace: 'shop',
      pod: 'orders-0',
      ip: dst.ip,
      port: 8080,
      node: 'b',
    },
    protocol: 'http',
    method: 'GET',
    path: '/api/orders/7?x=1',
    status: '200',
    requestHeaders: new Map([
      ['accept', 'text/html, x'],
      ['x-a', '1, 2'],
    ]),
    responseHeaders: new Map([['content-type', 'application/json']]),
    requestBody: { state: 'absent' },
    responseBody: { state: 'whole', text: '{"id":7}' },
    requestSize: 0,
    responseSize: 8,
    connection: '12',
    flow: '18446744073709551615',
    node: 'b',
  });
});

test('the least record', () => {
  const least = call({ ...minimal, src: null, status: null, latency_ms: null, req_headers: null });
  expect(least).toMatchObject({
    method: '',
    path: '',
    status: undefined,
    latency: undefined,
    node: 'n1',
    src: { workload: { kind: 'unknown' } },
    requestBody: { state: 'absent' },
  });
});

test('fields of another kind count as missing', () => {
  const odd = { latency_ms: {}, method: [], path: 7, status: true, src: {}, req_headers: 'x' };
  expect(call({ ...minimal, ...odd, dst: { port: -1, ip: [], svc: null } })).toMatchObject({
    latency: undefined,
    method: '',
    path: '7',
    status: undefined,
    dst: { port: undefined, ip: undefined },
  });
});

test.each([
  [1_700_000_000_000, 1_700_000_000_000],
  ['1700000000000', 1_700_000_000_000],
  [1_700_000_000_000_500, 1_700_000_000_000.5],
  ['1700000000000000000', 1_700_000_000_000],
  [1_700_000_000.25, 1_700_000_000_250],
  ['2023-11-14T22:13:20.000Z', 1_700_000_000_000],
  [1000, 1000],
])('time %j is %d ms', (ts, ms) => {
  expect(call({ ...minimal, ts }).ts).toBe(ms);
});

test.each([
  ['http', 0, undefined],
  ['http', '', undefined],
  ['http', -1, undefined],
  ['http', '404', '404'],
  ['grpc', 0, '0'],
  ['redis', 0, '0'],
  ['redis', 'ERR', 'ERR'],
])('%s status %j is %j', (proto, status, seen) => {
  expect(call({ ...minimal, latency_ms: 1, proto, status }).status).toBe(seen);
});

test('gRPC without a status, a latency or headers in return got no answer', () => {
  const reset = { ...minimal, proto: 'grpc', status: 0, latency_ms: null, resp_headers: {} };
  expect(call(reset).status).toBeUndefined();
  expect(call({ ...reset, latency_ms: 2 }).status).toBe('0');
  expect(call({ ...reset, resp_headers: { 'content-type': 'application/grpc' } }).status).toBe('0');
});

test("gRPC's own status comes before that of HTTP", () => {
  const grpc = { status: 200, resp_headers: { 'Grpc-Status': '14' } };
  expect(call({ ...minimal, ...grpc, proto: 'grpc' }).status).toBe('14');
  const headers = { 'content-type': 'application/grpc+proto' };
  expect(call({ ...minimal, ...grpc, proto: 'http', req_headers: headers }).status).toBe('14');
  expect(call({ ...minimal, ...grpc, proto: 'http' }).status).toBe('200');
});

test.each([-1, 'NaN', '', 'soon', null, Number.POSITIVE_INFINITY])(
  'latency %j is unknown',
  (latency_ms) => {
    expect(call({ ...minimal, latency_ms }).latency).toBeUndefined();
  },
);

describe('64-bit ids', () => {
  const line = (more: string) => `{"id":"a/1/2","ts":1700000000000,"proto":"http",${more}}`;
  const parsed = (more: string) => {
    const observation = parseLine(line(more));
    return observation.kind === 'call' ? observation.call : undefined;
  };

  test('keep their digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (id) => {
        const ids = parsed(`"conn_id": ${id},"flow_id":${id}`);
        expect(ids).toMatchObject({ connection: `${id}`, flow: `${id}` });
      }),
    );
  });

  test('are not taken from a body', () => {
    const body = JSON.stringify('{"conn_id":11111111111111111111}');
    const nested = '"req_body":{"conn_id":11111111111111111111}';
    expect(parsed(`"resp_body":${body},${nested},"conn_id":18446744073709551614`)?.connection).toBe(
      '18446744073709551614',
    );
  });

  test('also as id of the call', () => {
    const numbered = parseLine('{"id":9223372036854775809,"ts":1700000000000,"proto":"dns"}');
    expect(numbered).toMatchObject({ call: { id: '9223372036854775809' } });
  });
});

test.each([
  [{ node_id: 'a', worker: 'w' }, 'a'],
  [{ worker: 'w' }, 'n1'],
  [{ id: '/17/0', worker: 'w' }, 'w'],
  [{ id: '/17/0' }, undefined],
  // As long as any name of a node that is told: a call that is written must be read as the same.
  [{ id: `${'n'.repeat(300)}/17/0` }, 'n'.repeat(253)],
])('the observing node of %j is %s', (fields, node) => {
  expect(call({ ...minimal, ...fields }).node).toBe(node);
});

test('a cut or redacted body is unknown', () => {
  const headers = { 'CONTENT-LENGTH': '20' };
  expect(call({ ...minimal, resp_body: '{"a":[1' }).responseBody.state).toBe('cut');
  expect(call({ ...minimal, resp_body: 'text', resp_headers: headers }).responseBody.state).toBe(
    'cut',
  );
  expect(call({ ...minimal, req_body: '{"a":"[redacted]"}' }).requestBody.state).toBe('redacted');
  const head = { ...minimal, method: 'HEAD', resp_body: '', resp_headers: headers };
  expect(call(head).responseBody.state).toBe('absent');
});

test('the host names an outside destination, never the caller', () => {
  const outside = {
    ...minimal,
    src: { ip: '10.0.0.1' },
    dst: { ip: '198.51.100.7' },
    req_headers: { HOST: 'api.example.com' },
  };
  expect(call(outside).dst.workload).toEqual({ name: 'api.example.com', kind: 'host' });
  expect(call(outside).src.workload).toEqual({ name: 'inside', kind: 'inside' });
});

test('hostile names and sizes are held', () => {
  const headers = Object.fromEntries([...Array(5000).keys()].map((i) => [`h${i}`, 'v']));
  const line = `{"id":"a","ts":1,"proto":"http","req_headers":{"__proto__":"x","constructor":"y"}}`;
  expect(parseLine(line)).toMatchObject({
    call: {
      requestHeaders: new Map([
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]),
    },
  });
  const large = call({
    ...minimal,
    path: 'x'.repeat(1e6),
    req_headers: { ...headers, long: 'v'.repeat(1e6) },
  });
  expect(large.requestHeaders.size).toBeLessThanOrEqual(256);
  expect(large.path.length).toBeLessThanOrEqual(65_536);
});

test.each([
  ['', 'not JSON'],
  ['{"id":1', 'not JSON'],
  ['secret-token', 'not JSON'],
  ['null', 'not an object'],
  ['[]', 'not an object'],
  ['{"ts":1,"proto":"http"}', 'id: missing or of another kind'],
  ['{"id":"","ts":1,"proto":"http"}', 'id: empty'],
  ['{"id":"a","proto":"http"}', 'ts: missing or of another kind'],
  ['{"id":"a","ts":"soon","proto":"http"}', 'ts: not a time'],
  ['{"id":"a","ts":-5,"proto":"http"}', 'ts: not a time'],
  ['{"id":"a","ts":1}', 'proto: missing or of another kind'],
  ['{"id":"a","ts":1,"proto":" "}', 'proto: empty'],
  ['{"id":"a","ts":1,"proto":"http","src":"x"}', 'src: missing or of another kind'],
])('%s is bad: %s', (line, why) => {
  expect(reason(line)).toBe(why);
});

test('a line of more than 16 MiB is bad', () => {
  expect(reason(`{"id":"${'x'.repeat(16 * 1024 * 1024)}"}`)).toBe('line longer than 16 MiB');
});

test('nothing makes it throw, and no reason echoes the record', () => {
  const anything = fc.record(
    Object.fromEntries(
      ['id', 'ts', 'proto', 'src', 'dst', 'method', 'req_headers', 'resp_body', 'status'].map(
        (k) => [k, fc.oneof(fc.jsonValue(), fc.constant(null))],
      ),
    ),
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(anything, fc.jsonValue()), (value) => {
      const observation = parseRecord(value);
      if (observation.kind === 'bad') {
        expect(observation.reason).toMatch(/^[\w.]+: [a-z ]+$|^not an object$/);
      }
    }),
  );
});

describe('a call written and read again is the same', () => {
  const again = (original: Call) => parseLine(formatRecord(original));

  test('for whole captures', () => {
    for (const line of generateNdjson({ requests: 20 }).trim().split('\n')) {
      const observation = parseLine(line);
      expect(observation.kind === 'call' && again(observation.call)).toEqual(observation);
    }
  });

  test.each([
    ['cut', { encoding: 'utf8', content: '{"a":1}', truncated: true }],
    ['cut to nothing', { encoding: 'utf8', content: '', truncated: true }],
    ['binary', { encoding: 'base64', content: 'AAECAwT/' }],
    ['redacted', '{"a":"[redacted]"}'],
    ['array', ['GET', 'k']],
  ])('with a body that is %s', (_, resp_body) => {
    const original = call({ ...minimal, resp_body });
    expect(again(original)).toEqual({ kind: 'call', call: original });
  });
});
