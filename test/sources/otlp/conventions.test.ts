import { expect, it } from 'vitest';
import { targetOf } from '../../../src/calls/target.ts';
import { type GivenSpan, otlpDocument, spanId, traceId } from '../../support/otlp.ts';
import { readContent } from '../../support/reading.ts';

const AT = 1_700_000_000_000;
const span = (given: Partial<GivenSpan>): GivenSpan => ({
  service: 'orders',
  trace: 't',
  id: 'c',
  kind: 'client',
  start: AT,
  end: AT + 5,
  ...given,
});
const callsOf = async (spans: readonly GivenSpan[]) =>
  (await readContent(JSON.stringify(otlpDocument(spans)))).calls;
const id = (name: string) => `${traceId('t')}-${spanId(name)}`;

const HTTP = { 'http.request.method': 'POST', 'url.full': 'https://pay.test:8443/charge?a=1' };
const SQL = 'select * from orders where id = $1';

it.each<[string, string, GivenSpan['attributes'], string?]>([
  ['pay.test http POST /charge 201', '', { ...HTTP, 'http.response.status_code': 201 }],
  [
    'pay.test http GET /a 404',
    '',
    { 'http.method': 'GET', 'http.url': 'http://pay.test/a', 'http.status_code': 404 },
  ],
  [
    'pay http GET /b 200',
    '',
    {
      'http.method': 'GET',
      'http.target': '/b?c=1',
      'peer.service': 'pay',
      'http.status_code': 200,
    },
  ],
  [
    'localhost:8080 http GET /d ',
    '',
    { 'http.method': 'GET', 'http.url': 'http://127.0.0.1:8080/d' },
  ],
  ['localhost http GET /d ', '', { 'http.method': 'GET', 'http.url': 'http://localhost:40801/d' }],
  [
    'pay grpc POST /shop.Pay/Charge 0',
    '',
    {
      'rpc.system': 'grpc',
      'rpc.service': 'shop.Pay',
      'rpc.method': 'Charge',
      'server.address': 'pay',
    },
  ],
  [
    'pay grpc POST /shop.Pay/Charge 14',
    '',
    {
      'rpc.system.name': 'grpc',
      'rpc.method': 'shop.Pay/Charge',
      'server.address': 'pay',
      'rpc.response.status_code': 'UNAVAILABLE',
    },
  ],
  [
    'db postgresql SELECT orders 23505',
    '',
    {
      'db.system.name': 'postgresql',
      'db.query.text': SQL,
      'server.address': 'db',
      'db.response.status_code': '23505',
    },
  ],
  [
    'postgresql postgresql SELECT orders OK',
    '',
    { 'db.system': 'postgresql', 'db.statement': SQL },
  ],
  ['redis redis GET user:{n} OK', 'GET', { 'db.system': 'redis', 'db.statement': 'GET user:17' }],
  [
    'mongo mongodb FIND users OK',
    '',
    {
      'db.system': 'mongodb',
      'db.operation': 'find',
      'db.mongodb.collection': 'users',
      'net.peer.name': 'mongo',
    },
  ],
  ['unknown span CALL reindex OK', 'reindex', {}],
])('%s', async (words, name, attributes) => {
  const [call] = await callsOf([span({ name, ...(attributes && { attributes }) })]);
  if (!call) throw new Error('no call');
  const { workload, protocol, method, segments } = targetOf(call);
  const shown = segments.slice(0, protocol === 'postgresql' ? 1 : undefined).map(String);
  const path =
    protocol === 'http' || protocol === 'grpc' ? call.path.replace(/\?.*/, '') : undefined;
  const told = [workload, protocol, method, path ?? words.split(' ')[3], call.status ?? ''];
  expect(told.join(' ')).toBe(words);
  expect(call.requestBody).toEqual({ state: 'unseen', text: '' });
  expect(call.responseBody).toEqual({ state: 'unseen', text: '' });
  if (path === undefined && workload !== 'unknown') expect(shown.length).toBeGreaterThan(0);
});

it('a client span and the server span under it are one call, of both workloads', async () => {
  const calls = await callsOf([
    span({ service: 'web', id: 's0', kind: 'server', start: AT, end: AT + 50 }),
    span({
      service: 'web',
      id: 'c1',
      parent: 's0',
      start: AT + 1.5,
      end: AT + 9.25,
      attributes: { ...HTTP, 'http.response.status_code': 200 },
      resource: { 'k8s.pod.name': 'web-7d9c5b8f4-x2x9k', 'k8s.namespace.name': 'shop' },
    }),
    span({
      service: 'pay',
      id: 's1',
      parent: 'c1',
      kind: 'server',
      start: AT + 2,
      end: AT + 8,
      attributes: {
        'http.request.method': 'POST',
        'url.path': '/charge',
        'url.query': 'a=1',
        'http.request.header.x_tenant': ['blue', 'green'],
      },
      resource: { 'k8s.pod.name': 'pay-1', 'k8s.node.name': 'n1' },
    }),
  ]);
  expect(calls).toHaveLength(2);
  expect(calls[1]).toMatchObject({
    id: id('c1'),
    ts: AT + 1.5,
    latency: 7.75,
    src: { workload: { name: 'web' }, pod: 'web-7d9c5b8f4-x2x9k', namespace: 'shop' },
    dst: { workload: { name: 'pay' }, pod: 'pay-1', node: 'n1' },
    method: 'POST',
    path: '/charge?a=1',
    status: '200',
    node: undefined,
  });
  expect(calls[1]?.requestHeaders.get('x-tenant')).toBe('blue, green');
});

it('of client spans inside each other the innermost is the call', async () => {
  const server = span({ id: 's0', kind: 'server' });
  const library = span({ id: 'c1', parent: 's0', name: 'S3.GetObject' });
  const client = span({ id: 'c2', parent: 'c1', attributes: HTTP });
  const calls = await callsOf([server, library, client]);
  expect(calls.map((call) => [call.id, call.cause])).toEqual([
    [id('c2'), id('s0')],
    [id('s0'), null],
  ]);
});

it('a message is a call to the broker, and one for each service that takes it', async () => {
  const attributes = { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' };
  const sent = span({ id: 'p', kind: 'producer', attributes });
  const taken = (service: string, more: Partial<GivenSpan>) =>
    span({
      service,
      id: `take ${service}`,
      kind: 'consumer',
      attributes,
      start: AT + 9,
      end: AT + 9,
      ...more,
    });
  const link = { trace: 't', id: 'p' };
  const calls = await callsOf([
    sent,
    taken('mail', { parent: 'p' }),
    taken('stock', { trace: 'other', links: [link] }),
    span({
      service: 'mail',
      id: 'c9',
      parent: 'take mail',
      attributes: HTTP,
      start: AT + 9.5,
      end: AT + 10,
    }),
  ]);
  expect(
    calls.map(({ src, dst, method, path, cause }) =>
      [src.workload.name, dst.workload.name, method, path, cause].join(' '),
    ),
  ).toEqual([
    `orders kafka PRODUCE orders `,
    `kafka mail FETCH orders ${id('p')}`,
    `kafka stock FETCH orders ${id('p')}`,
    `mail pay.test POST /charge?a=1 ${id('take mail')}`,
  ]);
});

it('a failed call without a status was not answered', async () => {
  const [call] = await callsOf([span({ failed: true, attributes: HTTP })]);
  expect(call?.status).toBeUndefined();
});

it('a server span alone knows its caller by address', async () => {
  const attributes = { 'http.method': 'GET', 'http.target': '/', 'client.address': '203.0.113.9' };
  const [call] = await callsOf([span({ kind: 'server', attributes })]);
  expect(call).toMatchObject({
    src: { workload: { name: 'outside' } },
    dst: { workload: { name: 'orders' } },
  });
});

it('a connection that is opened or taken from a pool asks nothing, unless it fails', async () => {
  const attributes = { 'db.system.name': 'postgresql', 'server.address': 'db' };
  const connects = ['pg-pool.connect', 'pg.connect', 'connect'].map((name) =>
    span({ id: name.slice(-8), name, attributes }),
  );
  const asks = span({
    id: 'q',
    name: 'connect',
    attributes: { ...attributes, 'db.query.text': SQL },
  });
  const fails = span({ id: 'f', name: 'pg.connect', failed: true, attributes });
  const calls = await callsOf([...connects, asks, fails]);
  expect(calls.map((call) => call.id).sort()).toEqual([id('f'), id('q')].sort());
});

it('a callee keeps its name where its own span is missing, unless several are behind one host', async () => {
  const call = (name: string, host: string, callee?: string): GivenSpan[] => {
    const attributes = { 'http.request.method': 'GET', 'url.full': `http://${host}:8080/a` };
    return [
      span({ trace: name, id: 'c', attributes }),
      ...(callee
        ? [span({ trace: name, id: 's', parent: 'c', kind: 'server', service: callee })]
        : []),
    ];
  };
  const calls = await callsOf([
    ...call('a', 'pay'),
    ...call('b', 'pay', 'payments'),
    ...call('c', 'edge'),
    ...call('d', 'edge', 'payments'),
    ...call('e', 'edge', 'users'),
    ...call('f', 'elsewhere'),
  ]);
  const names = calls.map(({ id, dst }) => [id.slice(0, 32), dst.workload.name]);
  expect(Object.fromEntries(names)).toEqual({
    [traceId('a')]: 'payments',
    [traceId('b')]: 'payments',
    [traceId('c')]: 'edge',
    [traceId('d')]: 'payments',
    [traceId('e')]: 'users',
    [traceId('f')]: 'elsewhere',
  });
});
