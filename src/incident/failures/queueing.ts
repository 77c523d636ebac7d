import { normalUpperTail } from '../../compare/stats/normal.ts';
import type { Traffic } from '../traffic.ts';

const LEAST_CALLS = 30;
const MOST_CALLS = 1_000;
const CHANCE = 1e-4;
/** Kendall's τ from which on the latency is said to follow from what is in flight. */
const LEAST_TAU = 0.4;
/** And so many times more must be in flight than was before. */
const LEAST_RISE = 2;

/**
 * Whether calls take longer the more of their workload's are in flight when they begin (Kendall's rank
 * correlation), with far more in flight than in known-good traffic.
 */
export function isQueueing(
  rows: readonly number[],
  inFlight: Int32Array,
  { latency }: Traffic,
  usualInFlight: number,
): boolean {
  const step = Math.max(1, rows.length / MOST_CALLS);
  const some: number[] = [];
  for (let i = 0; i < rows.length; i += step) {
    const row = rows[Math.floor(i)] as number;
    if (!Number.isNaN(latency[row])) some.push(row);
  }
  const n = some.length;
  if (n < LEAST_CALLS) return false;
  const mean = some.reduce((sum, row) => sum + (inFlight[row] as number), 0) / n;
  if (mean < LEAST_RISE * Math.max(1, usualInFlight)) return false;
  let score = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const [a, b] = [some[i] as number, some[j] as number];
      const more = Math.sign((inFlight[a] as number) - (inFlight[b] as number));
      score += more * Math.sign((latency[a] as number) - (latency[b] as number));
    }
  }
  const spread = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return score / ((n * (n - 1)) / 2) >= LEAST_TAU && normalUpperTail(score / spread) <= CHANCE;
}

/** How many calls of the same workload were in flight when each began. */
export function inFlightOf({ size, ts, latency, callee }: Traffic): Int32Array {
  const counts = new Int32Array(size);
  const open = new Map<number, number[]>();
  for (let row = 0; row < size; row++) {
    const workload = callee[row] as number;
    const now = ts[row] as number;
    let ends = open.get(workload);
    if (!ends) {
      ends = [];
      open.set(workload, ends);
    }
    let kept = 0;
    for (const end of ends) if (end > now) ends[kept++] = end;
    ends.length = kept;
    counts[row] = kept;
    const took = latency[row] as number;
    if (took > 0 && kept < MOST_OPEN) ends.push(now + took);
  }
  return counts;
}

const MOST_OPEN = 2_000;
