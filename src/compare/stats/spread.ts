import { Sketch } from '../../profile/sketch.ts';

/** A group smaller than this says too little of a quantile. */
const GROUP_CALLS = 30;

/**
 * Standard error of the logarithm of a quantile, from how much it moves between consecutive groups
 * of time slots (each group at least 30 calls): sd / √groups. 0 with fewer than two groups.
 */
export function logSpread(slots: readonly Sketch[], quantile: number): number {
  const logs = groups(slots)
    .map((group) => group.quantile(quantile))
    .filter((value) => value > 0)
    .map(Math.log);
  if (logs.length < 2) return 0;
  const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length;
  const variance = logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (logs.length - 1);
  return Math.sqrt(variance / logs.length);
}

function groups(slots: readonly Sketch[]): Sketch[] {
  const all: Sketch[] = [];
  let open = new Sketch();
  for (const slot of slots) {
    open.merge(slot);
    if (open.count < GROUP_CALLS) continue;
    all.push(open);
    open = new Sketch();
  }
  return all;
}
