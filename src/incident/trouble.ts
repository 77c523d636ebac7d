import type { IncidentCase } from './incident-case.ts';
import { Ending, type Traffic } from './traffic.ts';

/** Share of known-good calls that are slower than what counts as slow. */
const SLOW_SHARE = 0.01;
/** Fewer known-good calls of an operation don't tell what is slow for it. */
const LEAST_CALLS = 20;
/** What is slower by less than this is felt by nobody: a ratio and ms. */
const LEAST_RATIO = 1.2;
const LEAST_MS = 5;

/** What is wrong with a call: nothing, it was slow, it failed, or it was never answered, which is a failure too. */
export const Trouble = { none: 0, slow: 1, failed: 2, unanswered: 3 } as const;
export type Trouble = (typeof Trouble)[keyof typeof Trouble];

/** From what latency (ms) on a call of an operation is slow; Infinity where too few are known. */
export type SlowFrom = Float64Array;

/** What was slow for each operation, by the known-good calls: their 99th percentile, and a little. */
export function slowFrom({ names, good }: Pick<IncidentCase, 'names' | 'good'>): SlowFrom {
  const from = new Float64Array(names.operations.length).fill(Number.POSITIVE_INFINITY);
  for (const [operation, latencies] of latenciesOf(good, names.operations.length).entries()) {
    if (latencies.length < LEAST_CALLS) continue;
    latencies.sort();
    const at = Math.min(latencies.length - 1, Math.ceil(latencies.length * (1 - SLOW_SHARE)));
    const usual = latencies[at] as number;
    from[operation] = Math.max(usual * LEAST_RATIO, usual + LEAST_MS);
  }
  return from;
}

/** What users feel of each call of a side, by row: `Trouble`, where no answer is a failure. */
export function troubleOf(traffic: Traffic, from: SlowFrom): Uint8Array {
  const trouble = new Uint8Array(traffic.size);
  for (let row = 0; row < traffic.size; row++) {
    const ending = traffic.ending[row] as number;
    if (ending === Ending.failed || ending === Ending.unanswered) trouble[row] = Trouble.failed;
    else if (
      (traffic.latency[row] as number) > (from[traffic.operation[row] as number] as number)
    ) {
      trouble[row] = Trouble.slow;
    }
  }
  return trouble;
}

/** The latencies (ms) of each operation's answered calls, in order of rows. */
export function latenciesOf(traffic: Traffic, operations: number): Float64Array[] {
  const counts = new Int32Array(operations);
  for (let row = 0; row < traffic.size; row++) {
    if (Number.isNaN(traffic.latency[row])) continue;
    const operation = traffic.operation[row] as number;
    counts[operation] = (counts[operation] as number) + 1;
  }
  const out = Array.from(counts, (count) => new Float64Array(count));
  counts.fill(0);
  for (let row = 0; row < traffic.size; row++) {
    const latency = traffic.latency[row] as number;
    if (Number.isNaN(latency)) continue;
    const operation = traffic.operation[row] as number;
    (out[operation] as Float64Array)[counts[operation] as number] = latency;
    counts[operation] = (counts[operation] as number) + 1;
  }
  return out;
}
