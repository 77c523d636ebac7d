import { BigDigits, type HubEndpoint, type HubRecord } from '../../hub/record.ts';
import { mixed } from './draw.ts';
import type { Operation } from './operation.ts';
import { NODES, type Pod } from './pods.ts';
import { MINUTE } from './time.ts';
import type { Workload } from './workloads.ts';

/** Who calls: a pod, or an address. */
export interface Caller {
  readonly workload: Workload | undefined;
  readonly pod: Pod | undefined;
  readonly ip: string;
}

/** One call, before a node's agent has seen it. */
export interface Made {
  readonly operation: Operation;
  readonly from: Caller;
  readonly to: Pod | undefined;
  readonly ip: string;
  readonly port: number;
  readonly path: string;
  readonly ts: number;
  /** ms; undefined: never answered. */
  readonly latency: number | undefined;
  readonly status: string | number;
  readonly request: Readonly<Record<string, string>>;
  readonly response: Readonly<Record<string, string>>;
  readonly asked: string;
  readonly answered: string;
}

/** How far each node's clock is ahead, ms. */
const AHEAD: Readonly<Record<string, number>> = {
  'node-a': 0,
  'node-b': 2,
  'node-c': -3,
  'node-d': 4,
};

/** The call as a node's agent lists it in Kubeshark's `full` form. `number` tells calls of a node apart. */
export function sighting(made: Made, node: string, number: number): HubRecord {
  const { operation, from, to, ts, latency, request, response, asked, answered } = made;
  const { hash, port } = connectionOf(made);
  const src: HubEndpoint = {
    ip: from.ip,
    port,
    ...(from.pod &&
      from.workload && {
        pod: from.pod.name,
        ns: from.workload.namespace,
        node: from.pod.node,
      }),
  };
  const dst: HubEndpoint = {
    ip: made.ip,
    port: made.port,
    ...(to &&
      operation.workload && {
        pod: to.name,
        ns: operation.workload.namespace,
        svc: operation.server,
        node: to.node,
      }),
  };
  return {
    id: `${node}/${number}/0`,
    ts: Math.floor(ts + (AHEAD[node] ?? 0)),
    node_id: node,
    worker: `worker-${node}`,
    src,
    dst,
    proto: operation.workload?.protocol ?? 'http',
    method: operation.method,
    path: made.path,
    ...(latency !== undefined && {
      status: made.status,
      latency_ms: Math.round(latency * 1000) / 1000,
    }),
    conn_id: new BigDigits(`18${String(10_000_000_000 + hash)}${String(10_000_000 + port)}`),
    flow_id: new BigDigits(`92${String(10_000_000_000 + hash)}1000000`),
    req_headers: request,
    ...(latency !== undefined && { resp_headers: response }),
    req_body: asked,
    resp_body: latency === undefined ? '' : answered,
    req_size: 180 + asked.length,
    ...(latency !== undefined && { resp_size: 140 + answered.length }),
  };
}

/** Connections are kept for ten minutes. */
function connectionOf({ from, ip, port, ts }: Made): { hash: number; port: number } {
  const text = `${from.ip} ${ip} ${port} ${Math.floor(ts / (10 * MINUTE))}`;
  let hash = 7;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  hash = mixed(hash);
  return { hash, port: 32_768 + (hash % 28_000) };
}

/** The node that sees a call: the server's, else the client's; outside of the cluster there is none. */
export function watcherOf({ to, from }: Made): string {
  return to?.node ?? from.pod?.node ?? (NODES[0] as string);
}

/** The client's node, where it is another that sees the call too. */
export function secondWatcherOf({ to, from }: Made): string | undefined {
  return to && from.pod && from.pod.node !== to.node ? from.pod.node : undefined;
}
