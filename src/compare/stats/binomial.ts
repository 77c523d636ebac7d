import { logGamma } from './log-gamma.ts';

/**
 * One-sided upper bound of a binomial share, exact (Clopper & Pearson 1934): the largest share under
 * which so few successes still have probability 1 − level.
 */
export function binomialUpper(successes: number, n: number, level: number): number {
  if (successes >= n) return 1;
  return bisect((p) => atMost(successes, n, p) > 1 - level);
}

/** One-sided lower bound of a binomial share, exact (Clopper & Pearson 1934). */
export function binomialLower(successes: number, n: number, level: number): number {
  return 1 - binomialUpper(n - successes, n, level);
}

/** P(X ≥ k) for X ~ Binomial(n, p), 0 < p < 1. */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  return k > n ? 0 : 1 - atMost(k - 1, n, p);
}

/** The smallest share with which at least k of n have the given probability; k ≤ n. */
export function binomialPower(k: number, n: number, power: number): number {
  if (k <= 0) return 0;
  return bisect((p) => binomialTail(k, n, p) < power);
}

/** The point in (0, 1) up to which `below` holds. */
function bisect(below: (p: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (below(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(X ≤ k) for X ~ Binomial(n, p), summed from k down until nothing is left to add. */
function atMost(k: number, n: number, p: number): number {
  const odds = p / (1 - p);
  if (k > n * p) return 1 - moreThan(k, n, p, odds);
  let term = pointMass(k, n, p);
  let sum = 0;
  for (let x = k; x >= 0 && term > sum * 1e-16; x--) {
    sum += term;
    term *= x / ((n - x + 1) * odds);
  }
  return sum;
}

function moreThan(k: number, n: number, p: number, odds: number): number {
  let term = pointMass(k + 1, n, p);
  let sum = 0;
  for (let x = k + 1; x <= n && term > sum * 1e-16; x++) {
    sum += term;
    term *= ((n - x) / (x + 1)) * odds;
  }
  return sum;
}

function pointMass(k: number, n: number, p: number): number {
  return Math.exp(logWays(k, n) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

const last = { k: -1, n: -1, log: 0 };

/** Logarithm of n choose k. Bisecting asks for the same one again and again. */
function logWays(k: number, n: number): number {
  if (last.k !== k || last.n !== n) {
    Object.assign(last, { k, n, log: logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) });
  }
  return last.log;
}
