import { z } from 'zod';
import type { Endpoint } from '../../calls/call.ts';
import type { Flow, FlowReading } from '../../calls/flow.ts';
import { byCodeUnit } from '../../support/json.ts';
import { sum } from '../../support/numbers.ts';
import { parseRecord } from '../record.ts';
import type { HubClient } from './hub-client.ts';
import { HubFailure } from './hub-failure.ts';

/** The most that the tool is asked for. */
const LIMIT = 1_000;
/** Failures of the tools alone. */
const UNUSABLE: ReadonlySet<HubFailure['kind']> = new Set(['refused', 'garbage']);

const side = z.record(z.string(), z.unknown()).nullish().catch(null);
/** So large that it can't be a count is none: sums stay finite. */
const number = z.coerce.number().nonnegative().max(Number.MAX_SAFE_INTEGER).nullish().catch(null);
const stats = z
  .object({
    tcp_handshake_p50_us: number,
    tcp_handshake_p99_us: number,
    tcp_resets: number,
    resets: number,
    rst: number,
    retransmits: number,
    retransmissions: number,
    tcp_retransmits: number,
  })
  .nullish()
  .catch(null);
const listing = z.object({
  flows: z
    .array(
      z
        .object({
          proto: z.string().nullish().catch(null),
          client: side,
          server: side,
          client_stats: stats,
          server_stats: stats,
          totals: z.object({ pkts: number, bytes: number }).nullish().catch(null),
        })
        .nullish()
        .catch(null),
    )
    .nullish(),
  truncated: z.boolean().nullish(),
});
const summary = z.object({ total_bytes: number });

/** L4 as the Hub counts it now, a flow a pair of workloads and port; undefined where it has no such tool. */
export async function readFlows(hub: HubClient, now: number): Promise<FlowReading | undefined> {
  const tools = await hub.tools();
  if (!tools.has('list_l4_flows')) return undefined;
  try {
    const answer = await hub.call('list_l4_flows', { limit: LIMIT, format: 'raw' }, listing);
    const flows = new Map<string, Flow>();
    for (const one of answer.flows ?? []) if (one) add(flows, one);
    const all = [...flows].sort(([a], [b]) => byCodeUnit(a, b)).map(([, flow]) => flow);
    const total = tools.has('get_l4_flow_summary')
      ? (await hub.call('get_l4_flow_summary', {}, summary)).total_bytes
      : undefined;
    const totalBytes = total ?? sum(all, ({ bytes }) => bytes);
    return { at: now, flows: all, totalBytes, truncated: answer.truncated ?? false };
  } catch (error) {
    // Calls are watched without flows as well; a Hub that is down is found out by the next question.
    if (error instanceof HubFailure && UNUSABLE.has(error.kind)) return undefined;
    throw error;
  }
}

type Listed = NonNullable<NonNullable<z.output<typeof listing>['flows']>[number]>;

function add(flows: Map<string, Flow>, listed: Listed): void {
  const { client, server } = listed;
  const seen = parseRecord({ id: 'flow', ts: 0, proto: 'tcp', src: client, dst: server });
  if (seen.kind !== 'call') return;
  const { src, dst } = seen.call;
  const protocol = (listed.proto ?? 'tcp').toLowerCase().slice(0, 16);
  const key = JSON.stringify([src.workload.name, dst.workload.name, dst.port ?? null, protocol]);
  const known = flows.get(key);
  const ends = [listed.client_stats, listed.server_stats];
  flows.set(key, {
    client: src.workload.name,
    server: dst.workload.name,
    port: dst.port,
    protocol,
    outside: isOutside(dst),
    packets: (known?.packets ?? 0) + (listed.totals?.pkts ?? 0),
    bytes: (known?.bytes ?? 0) + (listed.totals?.bytes ?? 0),
    connections: (known?.connections ?? 0) + 1,
    handshakeP50: highest(known?.handshakeP50, ...ends.map((end) => end?.tcp_handshake_p50_us)),
    handshakeP99: highest(known?.handshakeP99, ...ends.map((end) => end?.tcp_handshake_p99_us)),
    resets: together(
      known?.resets,
      ...ends.map((end) => end?.tcp_resets ?? end?.resets ?? end?.rst),
    ),
    retransmissions: together(
      known?.retransmissions,
      ...ends.map((end) => end?.retransmissions ?? end?.tcp_retransmits ?? end?.retransmits),
    ),
  });
}

function isOutside({ workload }: Endpoint): boolean {
  return workload.kind === 'outside' || workload.kind === 'host';
}

type Told = number | null | undefined;

function told(values: readonly Told[]): number[] {
  return values.filter((value) => value !== undefined && value !== null);
}

function highest(...values: readonly Told[]): number | undefined {
  const known = told(values);
  return known.length === 0 ? undefined : Math.max(...known);
}

function together(...values: readonly Told[]): number | undefined {
  const known = told(values);
  return known.length === 0 ? undefined : sum(known);
}
