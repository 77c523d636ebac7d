import { INTERVAL_LEVEL } from '../family-result.ts';
import type { Interval } from '../finding.ts';
import { fisherExact } from './exact.ts';
import { normalCdf, normalQuantile } from './normal.ts';

/** Calls a handled call: mean and the mean's variance. */
export interface Rate {
  readonly handled: number;
  /** Handled calls that made at least one. */
  readonly present: number;
  readonly calls: number;
  /** Calls a handled call. */
  readonly mean: number;
  readonly variance: number;
  /** The counts vary so little that their variance is the least that is assumed. */
  readonly steady: boolean;
}

/** The variance is at least a tenth of a Poisson's: counts that never varied may still. */
const LEAST_DISPERSION = 0.1;

/**
 * The rate of `calls` in `handled` calls, of which `counts` holds how many made 1, 2, … of them. The
 * variance is that of the sample: counts are neither Poisson (a fixed number of queries) nor less
 * than Poisson (a query a row).
 */
export function rateOf(calls: number, counts: ReadonlyMap<number, number>, handled: number): Rate {
  if (handled === 0) return { handled, present: 0, calls: 0, mean: 0, variance: 0, steady: true };
  const mean = calls / handled;
  let squares = 0;
  let counted = 0;
  for (const [k, n] of counts) {
    squares += n * (k - mean) ** 2;
    counted += n;
  }
  squares += Math.max(0, handled - counted) * mean ** 2;
  const spread = squares / Math.max(1, handled - 1);
  const least = LEAST_DISPERSION * mean;
  const present = Math.min(counted, handled);
  const variance = Math.max(spread, least) / handled;
  return { handled, present, calls, mean, variance, steady: spread <= least };
}

/** How many standard errors the means differ by (Welch); 0 where neither side made any call. */
export function rateShift(base: Rate, cand: Rate): number {
  const error = Math.sqrt(base.variance + cand.variance);
  return error === 0 ? 0 : (cand.mean - base.mean) / error;
}

/** Two-sided: the shares that made any such call (Fisher), or the means (Welch, normal); doubled minimum. */
export function rateTest(base: Rate, cand: Rate): number {
  const presence = fisherExact(
    { some: cand.present, all: cand.handled },
    { some: base.present, all: base.handled },
  );
  const means = 2 * (1 - normalCdf(Math.abs(rateShift(base, cand))));
  return Math.min(1, 2 * Math.min(presence, means));
}

/** Interval of the difference of the means, in calls a handled call. */
export function differenceInterval(base: Rate, cand: Rate): Interval {
  const half = normalQuantile(0.5 + INTERVAL_LEVEL / 2) * Math.sqrt(base.variance + cand.variance);
  const middle = cand.mean - base.mean;
  return { low: middle - half, high: middle + half, level: INTERVAL_LEVEL };
}

/** Interval of the ratio of the means by the delta method on the logarithm; open where one is zero. */
export function ratioInterval(base: Rate, cand: Rate): Interval {
  if (base.mean === 0 || cand.mean === 0) return { low: null, high: null, level: INTERVAL_LEVEL };
  const error = Math.sqrt(base.variance / base.mean ** 2 + cand.variance / cand.mean ** 2);
  const half = normalQuantile(0.5 + INTERVAL_LEVEL / 2) * error;
  const ratio = cand.mean / base.mean;
  return { low: ratio * Math.exp(-half), high: ratio * Math.exp(half), level: INTERVAL_LEVEL };
}
