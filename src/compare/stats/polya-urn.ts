import { logGamma } from './log-gamma.ts';

/**
 * Pólya's urn with `a` balls for success and `b` for failure: trials whose share of successes is
 * drawn from Beta(a, b).
 */
export class PolyaUrn {
  readonly #a: number;
  readonly #b: number;
  readonly #start: number;

  constructor(a: number, b: number) {
    this.#a = a;
    this.#b = b;
    this.#start = logBeta(a, b);
  }

  /** Log-probability of one sequence with `k` successes in `n` trials. */
  logProbability(k: number, n: number): number {
    return logBeta(this.#a + k, this.#b + n - k) - this.#start;
  }
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}
