import { z } from 'zod';
import type { Call, Endpoint } from '../../calls/call.ts';
import type { CaptureProblem } from '../../calls/observation.ts';
import { byCodeUnit } from '../../support/json.ts';
import { parseRecord } from '../record.ts';
import type { CallPages } from './call-page.ts';
import type { HubClient } from './hub-client.ts';
import { HubFailure } from './hub-failure.ts';
import { ofWorkload } from './kfl.ts';
import type { KubesharkOptions, Window } from './options.ts';

const mostPairs = 100_000;
const mostAsked = 50;
/** A handshake and its end take six or seven packets: fewer than ten carry no talk. */
const fewestPackets = 10;

const side = z.record(z.string(), z.unknown());
const listing = z.object({
  flows: z
    .array(
      z.object({
        proto: z.string().nullish(),
        client: side.nullish(),
        server: side.nullish(),
        totals: z.object({ pkts: z.coerce.number().nullish() }).nullish(),
      }),
    )
    .nullish(),
});

/** Who talked to whom in calls, to be held against the flows below them. */
export class Undissected {
  readonly #pairs = new Set<string>();

  add({ src, dst }: Call): void {
    if (this.#pairs.size < mostPairs) this.#pairs.add(pairOf(src, dst));
  }

  /**
   * Flows between workloads in scope without a call, now or in the day before; not where an expression
   * hides calls. `all`: whether what was added are all calls of the window.
   */
  async problems(
    hub: HubClient,
    pages: CallPages,
    window: Window,
    options: KubesharkOptions,
    all: boolean,
  ): Promise<CaptureProblem[]> {
    const none = all && this.#pairs.size === 0;
    const unsure = none || this.#pairs.size >= mostPairs || options.kfl;
    if (unsure || !(await hub.tools()).has('list_l4_flows')) return [];
    const silent = new Map<string, readonly [Endpoint, Endpoint]>();
    try {
      const { flows } = await hub.call('list_l4_flows', { limit: 1000 }, listing);
      for (const flow of flows ?? []) {
        const ends = endsOf(flow.client, flow.server);
        const packets = flow.totals?.pkts ?? fewestPackets;
        if (!ends || flow.proto?.toLowerCase() !== 'tcp' || packets < fewestPackets) continue;
        if (!inScope(ends, options) || this.#talked(ends)) continue;
        silent.set(`${ends[0].workload.name} → ${ends[1].workload.name}`, ends);
      }
    } catch (error) {
      if (!(error instanceof HubFailure)) throw error;
    }
    const day = { start: window.start - 86_400_000, end: window.end };
    for (const [name, ends] of [...silent].slice(0, all ? mostAsked : silent.size)) {
      const kfl = ends.map(({ workload }) => ofWorkload(workload.name));
      if ((await pages.count({ ...day, kfl })) > 0) silent.delete(name);
    }
    if (silent.size === 0) return [];
    const named = [...silent.keys()].sort(byCodeUnit).slice(0, 5).join(', ');
    const message =
      `${silent.size} ${silent.size === 1 ? 'pair of workloads exchanges' : 'pairs of workloads exchange'} packets without any call dissected ` +
      `(${named}${silent.size > 5 ? ', …' : ''}): encrypted, an unknown protocol, or traffic that is not targeted`;
    return [{ code: 'undissected-flows', message }];
  }

  #talked([client, server]: readonly [Endpoint, Endpoint]): boolean {
    return this.#pairs.has(pairOf(client, server)) || this.#pairs.has(pairOf(server, client));
  }
}

const pairOf = (src: Endpoint, dst: Endpoint) => `${src.workload.name}\0${dst.workload.name}`;

/** Both ends as a call's ends are named; nothing for ends outside of the cluster. */
function endsOf(client: unknown, server: unknown): readonly [Endpoint, Endpoint] | undefined {
  const seen = parseRecord({ id: 'flow', ts: 0, proto: 'tcp', src: client, dst: server });
  if (seen.kind !== 'call') return undefined;
  const { src, dst } = seen.call;
  const named = [src, dst].every(({ workload }) => /^(service|owner)$/.test(workload.kind));
  return named ? [src, dst] : undefined;
}

function inScope(ends: readonly Endpoint[], { namespace, workload }: KubesharkOptions): boolean {
  const spaces = namespace ?? [];
  const names = workload ?? [];
  return (
    ends.every((end) => spaces.length === 0 || spaces.includes(end.namespace ?? '')) &&
    (names.length === 0 || ends.some((end) => names.includes(end.workload.name)))
  );
}
