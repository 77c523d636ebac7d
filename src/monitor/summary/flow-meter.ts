import type { Flow, FlowReading } from '../../calls/flow.ts';
import { byCodeUnit } from '../../support/json.ts';
import type { FlowShare } from './summary.ts';

const MAX_FLOWS = 10_000;

interface Counted {
  readonly bytes: number;
  readonly connections: number;
}

/**
 * What flows have carried since the meter was last emptied. The Hub's counts only grow, so it is the
 * difference of two readings; a count that fell has begun anew, and counts whole.
 */
export class FlowMeter {
  #last: Map<string, Counted> | undefined;
  #sum = new Map<string, FlowShare>();
  #compared = false;

  read(reading: FlowReading): void {
    const flows = [...reading.flows].sort((a, b) => b.bytes - a.bytes).slice(0, MAX_FLOWS);
    const now = new Map<string, Counted>();
    const seen = new Map<string, Flow>();
    for (const flow of flows) {
      const key = keyOf(flow);
      const before = now.get(key) ?? { bytes: 0, connections: 0 };
      now.set(key, {
        bytes: before.bytes + flow.bytes,
        connections: before.connections + flow.connections,
      });
      seen.set(key, flow);
    }
    if (this.#last) {
      this.#compared = true;
      for (const [key, flow] of seen) this.#add(key, flow, now.get(key) as Counted);
    }
    this.#last = now;
  }

  /** Most bytes first; undefined where there were no two readings. */
  take(): FlowShare[] | undefined {
    const shares = [...this.#sum]
      .sort(([a, x], [b, y]) => y.bytes - x.bytes || byCodeUnit(a, b))
      .map(([, share]) => share);
    const compared = this.#compared;
    this.#sum = new Map();
    this.#compared = false;
    return compared ? shares : undefined;
  }

  #add(key: string, { client, server, port, outside }: Flow, now: Counted): void {
    const bytes = grown(now.bytes, this.#last?.get(key)?.bytes ?? 0);
    const connections = grown(now.connections, this.#last?.get(key)?.connections ?? 0);
    const before = this.#sum.get(key);
    if (bytes + connections === 0 || (!before && this.#sum.size >= MAX_FLOWS)) return;
    this.#sum.set(key, {
      client,
      server,
      port: port ?? null,
      outside,
      bytes: bytes + (before?.bytes ?? 0),
      connections: connections + (before?.connections ?? 0),
    });
  }
}

function grown(now: number, before: number): number {
  return now >= before ? now - before : now;
}

function keyOf({ client, server, port, protocol }: Flow): string {
  return JSON.stringify([client, server, port ?? null, protocol]);
}
