/** When something began, Unix ms, and the interval (95 %) that holds it. */
export interface Moment {
  /** The first call that shows it. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Index of that call. */
  readonly index: number;
}

const OUTSIDE = 0.025;
/** Calls of the same millisecond have some time between them as well, ms. */
const LEAST_GAP = 0.5;

/**
 * The moment from which on calls are of a second kind, from what each of `from ≤ i < to` says for the
 * second kind and against the first (log-likelihood ratios): the posterior of one change point under
 * a uniform prior over time (Chernoff & Zacks 1964; Smith 1975, 'A Bayesian approach to inference
 * about a change-point in a sequence of random variables'). It lies between two calls, so where every
 * call tells the interval is the gap between the last of the first kind and the first of the second.
 * `start`: the time before the first of all calls in which nothing is seen.
 */
export function momentOf(
  gains: Float64Array,
  times: Float64Array,
  { from, to, start }: { readonly from: number; readonly to: number; readonly start: number },
): Moment {
  const before = (i: number) => (i === 0 ? start : (times[i - 1] as number));
  const logs = new Float64Array(to - from);
  let sum = 0;
  let most = Number.NEGATIVE_INFINITY;
  let best = from;
  for (let i = to - 1; i >= from; i--) {
    sum += gains[i] as number;
    logs[i - from] = sum + Math.log(Math.max(LEAST_GAP, (times[i] as number) - before(i)));
    if (sum < most) continue;
    most = sum;
    best = i;
  }
  const heaviest = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let all = 0;
  for (let i = 0; i < logs.length; i++) {
    logs[i] = Math.exp((logs[i] as number) - heaviest);
    all += logs[i] as number;
  }
  let low = best;
  let high = best;
  let below = 0;
  for (let i = 0; i < logs.length; i++) {
    const upTo = below + (logs[i] as number) / all;
    if (below <= OUTSIDE && upTo > OUTSIDE) low = from + i;
    if (below < 1 - OUTSIDE && upTo >= 1 - OUTSIDE) high = from + i;
    below = upTo;
  }
  return {
    at: times[best] as number,
    from: before(Math.min(low, best)),
    to: times[Math.max(high, best)] as number,
    index: best,
  };
}
