import type { Secret } from './secret-kinds.ts';

type Fields = Readonly<Record<string, unknown>>;
/** A record, and the name of the place where the secret stands in it. */
export type Planted = Fields & { readonly place: string };
type Plant = (secret: string) => Fields;

const json = (value: unknown, more: Fields = {}) => {
  const body = JSON.stringify(value);
  return { body, headers: { 'Content-Type': 'application/json', ...more } };
};
const http = (path: string, request?: ReturnType<typeof json>, response = json({ ok: true })) => ({
  proto: 'http',
  method: request ? 'POST' : 'GET',
  path,
  status: 200,
  req_headers: { Host: 'planted', ...request?.headers },
  req_body: request?.body ?? '',
  resp_headers: response.headers,
  resp_body: response.body,
});
const of = (proto: string, method: string, path: string, body: unknown = '') => ({
  proto,
  method,
  path,
  status: 0,
  req_body: typeof body === 'string' ? body : JSON.stringify(body),
});
const typed = (type: string, body: string) =>
  http('/typed', { body, headers: { 'Content-Type': type } });

/** Every place of traffic that a text can stand in: by name, a call that bears it there. */
const ANYWHERE: Readonly<Record<string, Plant>> = {
  path: (s) => http(`/api/${encodeURIComponent(s)}/items`),
  'raw-path': (s) => http(`/raw/${s}`),
  'path-tail': (s) => http(`/tail/x-${s}.json`),
  query: (s) => http(`/query?q=${encodeURIComponent(s)}&token=${encodeURIComponent(s)}`),
  'query-name': (s) => http(`/query?${encodeURIComponent(s)}=1&x[${s}]=2`),
  'header-value': (s) =>
    http(
      '/headers',
      json({}, values(s)),
      json({ ok: true }, { ...values(s), Location: `/x/${s}` }),
    ),
  'header-name': (s) =>
    http('/names', json({}, { [`X-${s}`]: '1', [s]: '2' }), json({}, { [s]: '1' })),
  'content-type': (s) => typed(`application/${s}`, s),
  'body-value': (s) => http('/values', json(nested(s)), json(nested(s))),
  'body-name': (s) =>
    http('/keys', json({ [s]: 1, a: { [s]: { b: s } } }), json([{ [`x_${s}`]: s }])),
  'secret-name': (s) => http('/secret', json({ password: s, apiKey: s, nested: { token: [s] } })),
  variant: (s) => http('/variant', json({ type: s, a: 1 }), json({ kind: s, status: s, state: s })),
  form: (s) =>
    typed(
      'application/x-www-form-urlencoded',
      `a=${encodeURIComponent(s)}&${encodeURIComponent(s)}=1`,
    ),
  text: (s) => typed('text/plain', `the key is ${s}`),
  xml: (s) => typed('application/xml', `<a b="${xml(s)}"><c>${xml(s)}</c></a>`),
  sse: (s) => typed('text/event-stream', `event: ${s}\ndata: {"a":"${s}"}\n\n`),
  multipart: (s) =>
    typed(
      'multipart/form-data; boundary=b',
      `--b\r\nContent-Disposition: form-data; name="${s}"\r\n\r\n${s}\r\n--b--`,
    ),
  error: (s) => ({
    ...http(
      '/fails',
      json({}),
      json({ error: s, code: s, message: `denied: ${s}`, errors: [{ code: s }] }),
    ),
    status: 500,
  }),
  action: (s) => http('/soap', json({}, { SOAPAction: `"urn:x#${s}"`, 'X-Amz-Target': s })),
  service: (s) => ({ ...http('/'), dst: { svc: s, ns: 'shop', node: 'a' } }),
  pod: (s) => ({
    ...http('/'),
    src: { pod: s, ns: s, node: s },
    dst: { pod: `${s}-0`, ns: s, node: s },
  }),
  node: (s) => ({ ...http('/node'), node_id: s, worker: s }),
  id: (s) => ({ ...http('/id'), id: s }),
  connection: (s) => ({ ...http('/id'), conn_id: s, flow_id: s }),
  method: (s) => ({ ...http('/method'), method: s }),
  status: (s) => ({ ...http('/status'), status: s }),
  protocol: (s) => ({ ...http('/'), proto: s, path: s }),
  grpc: (s) => ({
    ...of('grpc', 'POST', `/${s}/${s}`, s),
    resp_headers: { 'grpc-status': s, 'grpc-message': s },
  }),
  sql: (s) => of('postgresql', 'SELECT', `SELECT a FROM t WHERE b = '${s}' -- ${s}`),
  'sql-mysql': (s) => of('mysql', 'INSERT', `INSERT INTO t (a) VALUES ("${s}") # ${s}`),
  'sql-users': (s) => of('postgresql', 'ALTER', `ALTER USER app PASSWORD '${s}'`),
  'sql-broken': (s) => of('postgresql', 'Q', s),
  redis: (s) => of('redis', 'GET', `session:${s}`),
  'redis-value': (s) => of('redis', 'SET', 'session:1', ['SET', 'session:1', s]),
  'redis-auth': (s) => of('redis', 'AUTH', s, ['AUTH', s]),
  mongo: (s) => of('mongodb', 'FIND', s, { find: s, filter: { a: s } }),
  kafka: (s) => of('kafka', 'PRODUCE', s, { topic: s }),
  amqp: (s) => of('amqp', 'basic.publish', `${s}/${s}`),
  dns: (s) => of('dns', 'A', `${s}.example.com`),
  ldap: (s) => of('ldap', 'BIND', `cn=${s},ou=${s},dc=example`),
  other: (s) => of('thrift', 'CALL', s, s),
};

/** Places of identifiers: only what is one can be known there. */
const NAMES: Readonly<Record<string, Plant>> = {
  graphql: (s) =>
    http(
      '/graphql',
      json({ query: `query ${word(s)} { ${word(s)}(a: "${s}") { id } }`, operationName: word(s) }),
    ),
  rpc: (s) => http('/rpc', json({ jsonrpc: '2.0', method: word(s), params: [s] })),
  host: (s) => ({
    ...http('/'),
    dst: { ip: '203.0.113.9' },
    req_headers: { Host: `${s.replace(/[^\w.-]/g, '-')}.example.com` },
  }),
  'sql-names': (s) => of('postgresql', 'SELECT', `SELECT "${s}" FROM "${s}" WHERE ${word(s)} = 1`),
  websocket: (s) => of('ws', 'SEND', `/socket/${s}`, { type: word(s), data: s }),
  'xml-name': (s) => typed('application/xml', `<a><${word(s)} ${word(s)}="1"/></a>`),
};
const IDENTIFIER = /^[\w-]+$/;
/** Places where a number is as good as any, and stays. */
const NUMBERS_STAY = ['id', 'connection'];

/** Secrets in one group share an operation, so that nothing overflows and hides what leaks. */
const GROUPS = 8;

/** Every third call fails in these, and says so in words, a code and a new field that hold the secret. */
const failed = (record: Planted, secret: string, n: number): Planted =>
  n % 3 > 0 || record.proto !== 'http'
    ? record
    : {
        ...record,
        status: 500,
        resp_headers: { 'Content-Type': 'application/json', 'X-Failed': secret },
        resp_body: JSON.stringify({ error: secret, [`new_${secret}`]: secret, code: secret }),
      };

/** The same traffic after a deployment that broke it. */
export function brokenRecords(secrets: readonly Secret[], start: number): Planted[] {
  const texts = secrets.map(({ text }) => text);
  return plantedRecords(secrets, start).map((record, n) =>
    failed(record, texts[n % texts.length] as string, n),
  );
}

/**
 * Calls with the secrets, each in every place; other secrets at the same places are what a
 * candidate would bring.
 */
export function plantedRecords(secrets: readonly Secret[], start: number): Planted[] {
  const records: Planted[] = [];
  for (const [place, plant] of Object.entries({ ...ANYWHERE, ...NAMES })) {
    for (const [i, { text }] of secrets.entries()) {
      if (place in NAMES && !IDENTIFIER.test(text)) continue;
      if (NUMBERS_STAY.includes(place) && /^\d+$/.test(text)) continue;
      const n = records.length;
      records.push({
        id: `a/1/${n}`,
        ts: start + n * 5,
        latency_ms: 3,
        src: { svc: 'client', ns: 'shop', node: 'b' },
        dst: { svc: `${place}-${i % GROUPS}`, ns: 'shop', node: 'a' },
        node_id: 'a',
        conn_id: `c${n % 7}`,
        req_headers: {},
        resp_headers: {},
        resp_body: '',
        ...plant(text),
        place,
      });
    }
  }
  return records;
}

function values(s: string) {
  return {
    Authorization: `Bearer ${s}`,
    'WWW-Authenticate': s,
    Cookie: `sid=${s}; theme=dark`,
    'Set-Cookie': `${s}=${s}; Path=/; HttpOnly`,
    'Cache-Control': s,
    Vary: s,
    ETag: s,
    Accept: s,
    Allow: s,
    Referer: `https://x.example/?t=${s}`,
    'User-Agent': s,
    'X-Request-Id': s,
    'X-Frame-Options': s,
    'Content-Language': s,
    'Content-Security-Policy': `default-src ${s}`,
    'Access-Control-Allow-Headers': s,
    traceparent: `00-${s}-${s}-01`,
  };
}

const nested = (s: string) => ({
  a: s,
  status: s,
  kind: `is ${s}`,
  list: [s, [s], { c: s }],
  deep: { url: `https://x.example/${s}`, log: `{"k":"${s}"}` },
});
/** As much of it as an identifier may hold. */
const word = (s: string) => s.replace(/\W/g, '_');
const xml = (s: string) => s.replace(/[<>&"]/g, '_');
