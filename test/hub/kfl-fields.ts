import type { HubEndpoint, HubRecord } from './record.ts';

type Field = (record: HubRecord) => string | number | boolean | readonly string[];

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const number = (value: unknown) => Number(value ?? 0) || 0;
const both = (record: HubRecord, name: keyof HubEndpoint) =>
  [record.src[name], record.dst[name]].filter(
    (value): value is string => typeof value === 'string',
  );

const protocols = [
  'http',
  'grpc',
  'gql',
  'ws',
  'dns',
  'redis',
  'kafka',
  'amqp',
  'ldap',
  'tls',
  'tcp',
  'udp',
  'icmp',
  'mongodb',
  'mysql',
  'postgresql',
  'radius',
  'diameter',
  'tcp_flow',
];

const fields = new Map<string, Field>([
  ['method', (r) => text(r.method)],
  ['path', (r) => text(r.path).split('?')[0] ?? ''],
  ['url', (r) => text(r.path)],
  ['status_code', (r) => number(r.status)],
  ['elapsed_time', (r) => Math.round(number(r.latency_ms) * 1000)],
  ['protocol', (r) => text(r.proto).toUpperCase()],
  ['node_id', (r) => r.node_id],
  ['request_body_size', (r) => number(r.req_size)],
  ['response_body_size', (r) => number(r.resp_size)],
  ['redis_type', (r) => (r.proto === 'redis' ? text(r.method) : '')],
  ['redis_key', (r) => (r.proto === 'redis' ? text(r.path) : '')],
  ['namespaces', (r) => both(r, 'ns')],
  ['pods', (r) => both(r, 'pod')],
  ['services', (r) => both(r, 'svc')],
]);
for (const protocol of protocols) fields.set(protocol, (r) => r.proto === protocol);
for (const side of ['src', 'dst'] as const) {
  fields.set(`${side}.ip`, (r) => text(r[side].ip));
  fields.set(`${side}.port`, (r) => number(r[side].port));
  fields.set(`${side}.pod.name`, (r) => text(r[side].pod));
  fields.set(`${side}.pod.namespace`, (r) => text(r[side].ns));
  fields.set(`${side}.service.name`, (r) => text(r[side].svc));
  fields.set(`${side}.service.namespace`, (r) => (r[side].svc ? text(r[side].ns) : ''));
  fields.set(`${side}.name`, (r) => text(r[side].pod) || text(r[side].svc));
  fields.set(`${side}.namespace`, (r) => text(r[side].ns));
}

/** A variable of the KFL reference, or nothing when there is none by that name. */
export function fieldOf(name: string): Field | undefined {
  return fields.get(name);
}
