import type { Call } from '../../../src/calls/call.ts';
import { parseRecord } from '../../../src/sources/record.ts';

/** What a test says of a call; all else is usual. */
export interface Said {
  readonly ts: number;
  /** Service; null: from outside. */
  readonly from?: string | null;
  readonly fromIp?: string;
  /** Service; null: nobody's. */
  readonly to?: string | null;
  readonly toIp?: string;
  readonly port?: number;
  readonly proto?: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number | string;
  readonly host?: string;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly request?: unknown;
  readonly response?: unknown;
  readonly size?: number;
}

let next = 0;

/** A call as Kubeshark lists it (`full`), read as any other. */
export function callOf(said: Said): Call {
  const { ts, from = 'web', to = 'orders', proto = 'http' } = said;
  const json = proto === 'http' || proto === 'http2';
  const seen = parseRecord({
    id: `node-a/${next++}/0`,
    ts,
    node_id: 'node-a',
    src:
      from === null ? { ip: said.fromIp ?? '203.0.113.7', port: 50_000 } : pod(from, said.fromIp),
    dst: {
      ...(to === null ? {} : pod(to)),
      ...(said.toIp !== undefined && { ip: said.toIp }),
      port: said.port ?? 8080,
    },
    proto,
    method: said.method ?? 'GET',
    path: said.path ?? '/orders/7',
    status: said.status ?? 200,
    latency_ms: 5,
    req_headers: { ...(said.host && { host: said.host }), ...said.requestHeaders },
    resp_headers: { ...(json && { 'content-type': 'application/json' }), ...said.responseHeaders },
    req_body: said.request ?? '',
    resp_body: said.response ?? '',
    req_size: said.size ?? 200,
    resp_size: said.size ?? 300,
  });
  if (seen.kind !== 'call') throw new Error(seen.reason);
  return seen.call;
}

function pod(service: string, ip = '10.0.0.9') {
  return { svc: service, pod: `${service}-5f6b7c8d9f-abcde`, ns: 'shop', ip, port: 40_000 };
}
