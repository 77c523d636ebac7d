import type { Flow } from '../../../calls/flow.ts';
import { RecentSums } from './recent-sums.ts';

/** What a flow did since the last reading. */
export interface FlowDelta {
  readonly flow: Flow;
  readonly packets: number;
  readonly connections: number;
  readonly resets: number | undefined;
  readonly retransmissions: number | undefined;
}

const COUNTERS = ['packets', 'connections', 'resets', 'retransmissions'] as const;
/** Share of readings that fall from which they can't be counters since the beginning. */
const MANY_FALLS = 0.2;
const LEAST_READINGS = 20;

export function flowName({ client, server, port }: Flow): string {
  return JSON.stringify([client, server, port ?? null]);
}

/** Counters of flows, read again and again: whether they only grow is learned. */
export class FlowDeltas extends RecentSums {
  /** Only the last reading counts. */
  constructor() {
    super(0);
  }

  /** Undefined for a flow that was not read before. */
  of(flow: Flow, readings: readonly number[]): FlowDelta | undefined {
    const before = this.get(flowName(flow));
    if (before === undefined) return undefined;
    const [falls = 0, all = 0] = readings;
    const grows = all < LEAST_READINGS || falls < MANY_FALLS * all;
    const restarted = hasFallen(flow, before);
    const [packets, connections, resets, retransmissions] = COUNTERS.map((counter, i) => {
      const now = flow[counter];
      if (now === undefined) return undefined;
      return grows && !restarted ? Math.max(0, now - (before[i] ?? 0)) : now;
    });
    return { flow, packets: packets ?? 0, connections: connections ?? 0, resets, retransmissions };
  }

  /** Takes a reading; gives whether it fell, where there was one before. */
  take(flow: Flow): boolean | undefined {
    const name = flowName(flow);
    const before = this.get(name);
    this.add(
      name,
      COUNTERS.map((counter) => flow[counter] ?? 0),
    );
    return before && hasFallen(flow, before);
  }
}

function hasFallen(flow: Flow, before: readonly number[]): boolean {
  return flow.packets < (before[0] ?? 0) || flow.connections < (before[1] ?? 0);
}
