/** How far two runs differ everywhere, whatever was deployed. */
export interface Environment {
  /** Natural logarithm of what everything got slower by; 0 when not everything did. */
  readonly shift: number;
  /** Standard deviation of the log-ratios of what did not change. */
  readonly spread: number;
}

/** With fewer operations than this nothing can be said of 'everywhere'. */
const MIN_OPERATIONS = 8;
/** The share of operations that may well be untouched by a change. */
const UNTOUCHED = 0.25;
/** Median absolute deviation to standard deviation, for a normal distribution. */
const MAD_TO_SD = 1.4826;

/**
 * What the machine, its load or the hour did to two runs, from the log-ratios (candidate/baseline) of
 * all operations' own times. The shift is the lower quartile, so that a change which slows half of
 * the operations is not taken for the environment; the spread is robust (median absolute deviation).
 */
export function environmentOf(logRatios: readonly number[]): Environment {
  if (logRatios.length < MIN_OPERATIONS) return { shift: 0, spread: 0 };
  const sorted = logRatios.toSorted((a, b) => a - b);
  const centre = at(sorted, 0.5);
  const deviations = sorted.map((x) => Math.abs(x - centre)).sort((a, b) => a - b);
  return {
    shift: Math.max(0, at(sorted, UNTOUCHED)),
    spread: MAD_TO_SD * at(deviations, 0.5),
  };
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] as number;
}
