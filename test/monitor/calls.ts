import type { Call } from '../../src/calls/call.ts';
import { parseRecord } from '../../src/sources/record.ts';

export interface Drawn {
  readonly id?: string;
  readonly ts: number;
  readonly from?: string;
  readonly to?: string;
  readonly path?: string;
  readonly method?: string;
  readonly status?: number;
  readonly latency?: number | undefined;
  readonly node?: string;
}

let next = 0;

/** A call as Kubeshark would list it, read as any other. */
export function callAt(drawn: Drawn): Call {
  const { ts, from = 'web', to = 'orders', node = 'node1' } = drawn;
  const seen = parseRecord({
    id: drawn.id ?? `${node}/${next++}/0`,
    ts,
    node_id: node,
    src: {
      ip: '10.0.0.1',
      port: 40_000 + (ts % 9_000),
      pod: `${from}-6d4b75cb6d-hx2vq`,
      ns: 'shop',
      svc: from,
    },
    dst: { ip: '10.0.0.2', port: 8080, pod: `${to}-5f6b7c8d9f-abcde`, ns: 'shop', svc: to },
    proto: 'http',
    method: drawn.method ?? 'GET',
    path: drawn.path ?? '/orders/7',
    status: drawn.status ?? 200,
    ...('latency' in drawn ? { latency_ms: drawn.latency } : { latency_ms: 10 }),
    req_headers: {},
    resp_headers: { 'content-type': 'application/json' },
    req_body: '',
    resp_body: '{"id":7}',
    req_size: 100,
    resp_size: 200,
  });
  if (seen.kind !== 'call') throw new Error(seen.reason);
  return seen.call;
}
