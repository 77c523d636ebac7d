import type { Sketch } from '../../profile/sketch.ts';
import type { OperationPair } from '../pairs.ts';
import { type Cluster, clusteredShift, type Estimate, normalOfT } from '../stats/clustered.ts';
import { logLocation, logShift } from '../stats/location.ts';
import { normalUpperTail } from '../stats/normal.ts';

/** Latencies of both sides by lots of what the calls are about. */
export interface Lots {
  readonly base: readonly Sketch[];
  readonly cand: readonly Sketch[];
}

/**
 * The lots to weigh latencies by: where several calls are about one thing, and how long they take
 * depends on it, they are fewer cases than they are calls. Undefined where calls count for themselves.
 */
export function lotsOf({ base, cand, subjects }: OperationPair): Lots | undefined {
  if (!subjects) return undefined;
  return { base: base.latency.byLot(), cand: cand.latency.byLot() };
}

/** The shift of the logarithms' mean, no surer than what the calls are about lets it be. */
export function shiftByLots(base: Sketch, cand: Sketch, lots: Lots | undefined): Estimate {
  const byCalls = { ...logShift(base, cand), freedom: Number.POSITIVE_INFINITY };
  const byLots = lots && clusteredShift(lots.base.map(logs), lots.cand.map(logs));
  if (!byLots || byLots.variance <= byCalls.variance) return byCalls;
  return { ...byLots, mean: byCalls.mean };
}

/**
 * p-value of 'no larger share of the candidate lies above its threshold than of the baseline above
 * its own', by lots; 0 where they can't tell.
 */
export function chanceAbove(
  lots: Lots | undefined,
  threshold: { readonly base: number; readonly cand: number },
): number {
  const above = (side: 'base' | 'cand') => (lot: Sketch) => ({
    count: lot.count,
    sum: lot.countAbove(threshold[side]),
  });
  const shift = lots && clusteredShift(lots.base.map(above('base')), lots.cand.map(above('cand')));
  if (!shift || shift.variance === 0) return 0;
  return normalUpperTail(normalOfT(shift.mean / Math.sqrt(shift.variance), shift.freedom));
}

function logs(lot: Sketch): Cluster {
  return { count: lot.count, sum: lot.count === 0 ? 0 : lot.count * logLocation(lot).mean };
}
