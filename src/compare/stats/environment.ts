import { median } from '../../support/numbers.ts';
import type { Location } from './location.ts';

/** How far two runs differ everywhere, whatever was deployed. */
export interface Environment {
  /** Natural logarithm of what everything got slower by (negative: faster). */
  readonly shift: number;
  /** Variance of the shift as an estimate. */
  readonly variance: number;
  /** Standard deviation of what single operations move by besides, beyond what sampling explains. */
  readonly spread: number;
}

/** With fewer operations than this nothing can be said of 'everywhere'. */
const MIN_OPERATIONS = 8;
/**
 * What a single operation's latencies move by between harmless runs (log-deviation) before anything
 * is seen of these two, and how many operations that belief counts for.
 */
export const PRIOR_SPREAD = 0.06;
const PRIOR_OPERATIONS = 8;
/** Median absolute deviation to standard deviation, for a normal distribution. */
const MAD_TO_SD = 1.4826;
/** Efficiency of the median: its variance in those of a mean. */
const MEDIAN_VARIANCE = Math.PI / 2;

/**
 * What the machine, its load or the hour did to two runs, from the shifts of all operations' own
 * times. The shift is their median, so that a change of less than half of them is not taken for the
 * environment; the spread is robust too (median absolute deviation, less what sampling explains), and
 * drawn towards what is usual as far as there are few operations (empirical Bayes).
 */
export function environmentOf(shifts: readonly Location[]): Environment {
  const n = shifts.length;
  if (n < MIN_OPERATIONS) return { shift: 0, variance: 0, spread: PRIOR_SPREAD };
  const shift = median(shifts.map(({ mean }) => mean));
  const deviation = MAD_TO_SD * median(shifts.map(({ mean }) => Math.abs(mean - shift)));
  const sampling = median(shifts.map(({ variance }) => variance));
  const beyond = Math.max(0, deviation ** 2 - sampling);
  const spread = (PRIOR_OPERATIONS * PRIOR_SPREAD ** 2 + n * beyond) / (PRIOR_OPERATIONS + n);
  return {
    shift,
    variance: (MEDIAN_VARIANCE * deviation ** 2) / n,
    spread: Math.sqrt(spread),
  };
}
