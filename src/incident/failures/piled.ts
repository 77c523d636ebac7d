/** Values that lie so near to each other (part of the value, and ms) are one. */
const NEAR = 0.06;
const NEAR_MS = 10;
const LEAST_CALLS = 5;
/** Share of the values that make a pile. */
const LEAST_SHARE = 0.6;
/** Shorter than this (ms) nobody waits before giving up. */
const LEAST_MS = 50;

/**
 * The value (ms) at which most durations pile up: who gives up waiting does so after the same time;
 * undefined where they don't. The value is the median of the densest window.
 */
export function piledAt(durations: readonly number[]): number | undefined {
  if (durations.length < LEAST_CALLS) return undefined;
  const sorted = Float64Array.from(durations).sort();
  let [best, from] = [0, 0];
  for (let low = 0, high = 0; low < sorted.length; low++) {
    const value = sorted[low] as number;
    const width = Math.max(NEAR_MS, value * NEAR);
    while (high < sorted.length && (sorted[high] as number) <= value + width) high++;
    if (high - low > best) [best, from] = [high - low, low];
  }
  const value = sorted[from + Math.floor(best / 2)] as number;
  return best >= LEAST_SHARE * sorted.length && best >= LEAST_CALLS && value >= LEAST_MS
    ? value
    : undefined;
}
