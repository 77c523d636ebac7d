import type { OperationStats } from '../profile/operation-stats.ts';
import { Sketch } from '../profile/sketch.ts';
import type { OperationPair } from './pairs.ts';

export const NOT_MODIFIED = '304';

/**
 * The baseline's latencies with no more answers 'not modified' than the candidate has: the fastest
 * calls are left out, since a client that knows the answer already is answered fastest. How many do
 * depends on who asked, and half of the calls take longer when fewer know it.
 */
export function asOftenModified({ base, cand }: OperationPair, latencies: Sketch): Sketch {
  const [before, after] = [notModified(base), notModified(cand)];
  if (before <= after) return latencies;
  let left = Math.floor((latencies.count * (before - after)) / (1 - after));
  const kept = new Sketch();
  for (const [value, count] of latencies.entries()) {
    const out = Math.min(left, count);
    left -= out;
    if (count > out) kept.add(value, count - out);
  }
  return kept;
}

function notModified({ statuses, count }: OperationStats): number {
  const found = statuses.find(([status]) => status === NOT_MODIFIED)?.[1].count ?? 0;
  return count === 0 ? 0 : found / count;
}
