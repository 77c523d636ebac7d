import type { Share } from '../schema/share.ts';
import { normalQuantile } from './normal.ts';

/**
 * Fisher's exact test, one-sided: the probability of at least as many successes in the first sample,
 * given the margins (Fisher 1935).
 */
export function fisherExactGreater(
  { some: a, all: n1 }: Share,
  { some: b, all: n2 }: Share,
): number {
  const successes = a + b;
  const most = Math.min(successes, n1);
  let p = 0;
  for (let x = a; x <= most; x++) {
    const term = Math.exp(
      logChoose(n1, x) + logChoose(n2, successes - x) - logChoose(n1 + n2, successes),
    );
    p += term;
    if (term < p * 1e-15) break;
  }
  return Math.min(1, p);
}

/** Fisher's exact test, two-sided by doubling the smaller tail. */
export function fisherExact(one: Share, other: Share): number {
  const tails = [fisherExactGreater(one, other), fisherExactGreater(other, one)];
  return Math.min(1, 2 * Math.min(...tails));
}

/**
 * Interval of a binomial share (Wilson 1927), 0…1 both ends.
 */
export function wilsonInterval(successes: number, n: number, level: number): [number, number] {
  if (n === 0) return [0, 1];
  const z = normalQuantile(0.5 + level / 2);
  const share = successes / n;
  const centre = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale)];
}

/** Interval of a share less another (Newcombe 1998, method 10). */
export function newcombeInterval(one: Share, other: Share, level: number): [number, number] {
  const p1 = one.some / one.all;
  const p2 = other.some / other.all;
  const [l1, u1] = wilsonInterval(one.some, one.all, level);
  const [l2, u2] = wilsonInterval(other.some, other.all, level);
  return [p1 - p2 - Math.hypot(p1 - l1, u2 - p2), p1 - p2 + Math.hypot(u1 - p1, p2 - l2)];
}

const LOG_FACTORIALS: number[] = [0];

function logFactorial(n: number): number {
  if (n > 5_000) {
    // Stirling's series: its error here is below 1e-14.
    return (
      n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3)
    );
  }
  for (let i = LOG_FACTORIALS.length; i <= n; i++) {
    LOG_FACTORIALS[i] = (LOG_FACTORIALS[i - 1] as number) + Math.log(i);
  }
  return LOG_FACTORIALS[n] as number;
}

function logChoose(n: number, k: number): number {
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY;
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}
