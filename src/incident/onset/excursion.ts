/** The part `start ≤ i < end` of a series whose values are most above those of the rest. */
export interface Excursion {
  readonly start: number;
  readonly end: number;
  /** Probability of as much in values that come in no order, if independent. */
  readonly chance: (dispersion: number) => number;
}

/**
 * The widest rise of the cumulated deviations from the mean (CUSUM; Page 1955; for a part that ends
 * again Levin & Kline 1985), and its chance: the range of a Brownian bridge, whose distribution is
 * Kuiper's (1960), so that all places where it might have begun and ended are accounted for. What is
 * high at both ends counts as begun at the second.
 */
export function widestExcursion(values: Float64Array): Excursion {
  const n = values.length;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    mean += value / n;
    squares += (value * value) / n;
  }
  const deviation = Math.sqrt(Math.max(0, squares - mean * mean) * n);
  let [sum, least, most] = [0, 0, 0];
  let [start, end] = [0, n];
  for (let i = 0; i < n; i++) {
    sum += (values[i] as number) - mean;
    if (sum < least) {
      least = sum;
      start = i + 1;
    }
    if (sum > most) {
      most = sum;
      end = i + 1;
    }
  }
  const range = deviation > 0 ? (most - least) / deviation : 0;
  return {
    start,
    end: end > start ? end : n,
    chance: (dispersion) => kuiperTail(range / Math.sqrt(dispersion)),
  };
}

/** P(V > v) of the range of a Brownian bridge (Kuiper 1960). */
function kuiperTail(v: number): number {
  if (v < 0.8) return 1;
  let sum = 0;
  for (let j = 1; j <= 20; j++) {
    const square = (j * v) ** 2;
    sum += 2 * (4 * square - 1) * Math.exp(-2 * square);
  }
  return Math.max(0, Math.min(1, sum));
}
