import type { Sketch } from '../../profile/sketch.ts';
import type { Interval } from '../finding.ts';
import { normalQuantile } from './normal.ts';

/**
 * Distribution-free interval of a quantile from order statistics (Conover, Practical Nonparametric
 * Statistics, §3.2): ranks q·n ± z·√(n·q·(1−q)), in the sketch's unit. An end outside the sample is
 * null: the sample is too small to bound it.
 */
export function quantileInterval(sketch: Sketch, q: number, level: number): Interval {
  const n = sketch.count;
  const z = normalQuantile(0.5 + level / 2);
  const spread = z * Math.sqrt(n * q * (1 - q));
  const low = Math.floor(n * q - spread);
  const high = Math.ceil(n * q + spread) + 1;
  return {
    low: low < 1 ? null : sketch.atRank(low),
    high: high > n ? null : sketch.atRank(high),
    level,
  };
}

/** Interval of the ratio candidate/baseline of a quantile; conservative: both ends opposed. */
export function quantileRatioInterval(
  base: Sketch,
  cand: Sketch,
  q: number,
  level: number,
): Interval {
  const each = Math.sqrt(level);
  const b = quantileInterval(base, q, each);
  const c = quantileInterval(cand, q, each);
  return {
    low: c.low === null || b.high === null || b.high === 0 ? null : c.low / b.high,
    high: c.high === null || b.low === null || b.low === 0 ? null : c.high / b.low,
    level,
  };
}
