import { logGamma } from './log-gamma.ts';

/** Below this much variation of the rate, a count is told apart from Poisson's by nothing. */
const LEAST_VARIATION = 1e-6;

/**
 * P(X ≤ k) of a count with this mean whose rate varies by the squared coefficient of variation
 * `variation`: the negative binomial as a gamma mixture of Poisson's (Greenwood & Yule 1920), with
 * variance mean + variation · mean².
 */
export function negativeBinomialLower(k: number, mean: number, variation: number): number {
  if (k < 0) return 0;
  if (mean <= 0) return 1;
  const mass = massOf(mean, variation);
  const top = Math.floor(k);
  if (top > mean) return 1 - upward(top + 1, mass);
  let sum = 0;
  for (let x = top; x >= 0; x--) {
    const term = Math.exp(mass(x));
    sum += term;
    if (term < sum * 1e-12) break;
  }
  return Math.min(1, sum);
}

/** P(X ≥ k), likewise. */
export function negativeBinomialUpper(k: number, mean: number, variation: number): number {
  if (k <= 0) return 1;
  if (mean <= 0) return 0;
  const from = Math.ceil(k);
  if (from <= mean) return 1 - negativeBinomialLower(from - 1, mean, variation);
  return upward(from, massOf(mean, variation));
}

function upward(from: number, mass: (x: number) => number): number {
  let sum = 0;
  for (let x = from; ; x++) {
    const term = Math.exp(mass(x));
    sum += term;
    if (term <= sum * 1e-9) return Math.min(1, sum);
  }
}

/** Log-probability of a count. */
function massOf(mean: number, variation: number): (x: number) => number {
  const shape = 1 / Math.max(variation, LEAST_VARIATION);
  const start = logGamma(shape) - shape * Math.log(shape / (shape + mean));
  const step = Math.log(mean / (shape + mean));
  return (x) => logGamma(x + shape) - logGamma(x + 1) - start + x * step;
}
