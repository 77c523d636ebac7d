import type { Sketch } from '../../profile/sketch.ts';

/** The mean of the logarithms of a sample, and its variance as an estimate. */
export interface Location {
  readonly mean: number;
  /** Squared standard error of the mean; Infinity with fewer than two values. */
  readonly variance: number;
}

/** What counts as zero in a sketch counts as this (ms). */
const SMALLEST = 1e-3;

/**
 * Mean of the natural logarithms, which moves by log k when all values grow k times: for latencies,
 * which are near log-normal, the most telling statistic of a shift, and no tail can carry it away.
 * What is above `most` counts as that: of few values, one that hung would carry it away all the same.
 */
export function logLocation(sketch: Sketch, most = Number.POSITIVE_INFINITY): Location {
  let sum = 0;
  let squares = 0;
  for (const [value, count] of sketch.entries()) {
    const log = Math.log(Math.max(Math.min(value, most), SMALLEST));
    sum += count * log;
    squares += count * log * log;
  }
  const n = sketch.count;
  if (n < 2) return { mean: sum / n, variance: Number.POSITIVE_INFINITY };
  const mean = sum / n;
  return { mean, variance: Math.max(0, squares - n * mean * mean) / (n - 1) / n };
}

/** A difference of two locations: candidate less baseline. */
export function logShift(base: Sketch, cand: Sketch): Location {
  const [before, after] = [logLocation(base), logLocation(cand)];
  return { mean: after.mean - before.mean, variance: before.variance + after.variance };
}
