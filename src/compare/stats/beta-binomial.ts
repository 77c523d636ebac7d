import { logGamma } from './log-gamma.ts';
import { PolyaUrn } from './polya-urn.ts';

/**
 * P(X ≥ k) of n trials whose share of successes is drawn from Beta(a, b): the beta-binomial, summed
 * from k on until nothing is left to add. k and n may be fractions of events, where events come in
 * bursts and count less.
 */
export function betaBinomialTail(k: number, n: number, a: number, b: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  const urn = new PolyaUrn(a, b);
  let sum = 0;
  for (let x = k; x <= n; x++) {
    const term = Math.exp(logChoose(n, x) + urn.logProbability(x, n));
    sum += term;
    if (term < sum * 1e-12) break;
  }
  return Math.min(1, sum);
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
