import { normalQuantile } from './normal.ts';

/**
 * Fisher's exact test, one-sided: the probability of at least `a` successes in the first sample,
 * given the margins (Fisher 1935). Counts of successes and of trials per sample.
 */
export function fisherExactGreater(a: number, n1: number, b: number, n2: number): number {
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
export function fisherExact(a: number, n1: number, b: number, n2: number): number {
  return Math.min(
    1,
    2 * Math.min(fisherExactGreater(a, n1, b, n2), fisherExactGreater(b, n2, a, n1)),
  );
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

/**
 * Interval of the difference of two shares a/n1 − b/n2 (Newcombe 1998, method 10).
 */
export function newcombeInterval(
  a: number,
  n1: number,
  b: number,
  n2: number,
  level: number,
): [number, number] {
  const p1 = a / n1;
  const p2 = b / n2;
  const [l1, u1] = wilsonInterval(a, n1, level);
  const [l2, u2] = wilsonInterval(b, n2, level);
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
