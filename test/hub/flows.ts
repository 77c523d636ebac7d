import type { Arguments } from './list-calls.ts';
import type { HubEndpoint, HubRecord } from './record.ts';

/** `list_l4_flows`: one flow a pair of pods and server port, from the calls that crossed it. */
export function listFlows(
  records: readonly HubRecord[],
  more: readonly unknown[],
  args: Arguments,
) {
  const all = [...flowsOf(records), ...more].filter((flow) => {
    const { client, server, proto } = (flow ?? {}) as Partial<Flow>;
    const ends = [client, server];
    return (
      (args.ns === undefined || ends.some((end) => end?.ns === args.ns)) &&
      (args.l4proto === undefined || proto === args.l4proto)
    );
  });
  const limit = Number(args.limit ?? 100);
  return { flows: all.slice(0, limit), total: all.length, truncated: all.length > limit };
}

const counted = new WeakMap<
  readonly HubRecord[],
  { readonly of: number; readonly flows: Flow[] }
>();

/** Counted once for the same records. */
function flowsOf(records: readonly HubRecord[]): readonly Flow[] {
  const known = counted.get(records);
  if (known?.of === records.length) return known.flows;
  const flows = new Map<string, Flow>();
  for (const { src, dst, req_size, resp_size } of records) {
    const key = `${src.pod ?? src.ip}|${dst.pod ?? dst.ip}|${dst.port}`;
    let flow = flows.get(key);
    if (!flow) {
      flow = newFlow(src, dst);
      flows.set(key, flow);
    }
    flow.totals.pkts += 6;
    flow.totals.bytes += Number(req_size ?? 200) + Number(resp_size ?? 200);
  }
  const found = [...flows.values()];
  counted.set(records, { of: records.length, flows: found });
  return found;
}

interface Flow {
  readonly proto: string;
  readonly client: HubEndpoint;
  readonly server: HubEndpoint;
  readonly totals: { pkts: number; bytes: number; pps: number; bps: number };
}

function newFlow(src: HubEndpoint, dst: HubEndpoint): Flow {
  const { port: _ephemeral, ...client } = src;
  return {
    proto: 'tcp',
    client,
    server: dst,
    totals: { pkts: 0, bytes: 0, pps: 0, bps: 0 },
  };
}

/** `get_l4_flow_summary` over the same flows. */
export function flowSummary(records: readonly HubRecord[], more: readonly unknown[]) {
  const { flows, total } = listFlows(records, more, { limit: Number.MAX_SAFE_INTEGER });
  const bytes = (flow: unknown) => (flow as Flow | null)?.totals?.bytes ?? 0;
  return {
    total_flows: total,
    tcp_flows: total,
    udp_flows: 0,
    total_bytes: flows.reduce((sum: number, flow) => sum + bytes(flow), 0),
    top_by_bytes: [...flows].sort((a, b) => bytes(b) - bytes(a)).slice(0, 10),
    by_namespace: {},
    cross_namespace: [],
  };
}
