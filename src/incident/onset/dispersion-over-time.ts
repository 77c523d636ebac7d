import { BURSTS } from '../../compare/stats/dispersion.ts';

/** Lengths of the stretches of time that are looked at, ms: bursts may be short or long. */
const STRETCHES = [1_000, 4_000, 16_000] as const;
/** With fewer stretches nothing can be said. */
const LEAST = 6;
const TELLING = 2.33;

/**
 * How many times the variance of independent calls the variance of values over time is, at least 1
 * (`dispersionOf` is the same of shares): the largest over stretches of several lengths, and 1 where
 * independence explains it (Wilson & Hilferty 1931, at 1 %). `expected`: the variance that
 * independent calls are said to have, else that of the values.
 */
export function dispersionOverTime(
  values: Float64Array,
  times: Float64Array,
  expected?: number,
): number {
  const n = values.length;
  if (n < 2) return 1;
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / n;
  const variance = expected ?? squares / n - mean * mean;
  if (!(variance > 1e-12)) return 1;
  let most = 1;
  for (const stretch of STRETCHES) {
    const found = overStretches(values, times, mean, variance, stretch);
    if (found > most) most = found;
  }
  return most >= BURSTS / 1.5 ? most : 1;
}

function overStretches(
  values: Float64Array,
  times: Float64Array,
  mean: number,
  variance: number,
  length: number,
): number {
  let chi = 0;
  let groups = 0;
  let i = 0;
  while (i < values.length) {
    const end = (times[i] as number) + length;
    let sum = 0;
    const first = i;
    for (; i < values.length && (times[i] as number) < end; i++)
      sum += (values[i] as number) - mean;
    chi += (sum * sum) / (variance * (i - first));
    groups++;
  }
  const freedom = groups - 1;
  if (freedom < LEAST - 1) return 1;
  const spread = 2 / (9 * freedom);
  const usual = freedom * (1 - spread + TELLING * Math.sqrt(spread)) ** 3;
  return chi <= usual ? 1 : chi / freedom;
}
