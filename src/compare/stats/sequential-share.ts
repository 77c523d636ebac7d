import type { Share } from '../schema/share.ts';
import { binomialUpper } from './binomial.ts';
import { logMean } from './log-mean.ts';

/** Rises of the log-odds that the alternatives hold. */
const RISES = [0.5, 1, 1.7, 2.6, 3.7] as const;

/**
 * Log of the e-value for 'the share of successes is above `share`', from so many of so many: a mixture of
 * likelihood ratios (Wald 1945; Robbins 1970), which may be read as often as wanted. It only grows
 * with the successes, so it holds against every smaller share too.
 */
export function logShareEvidence({ some: k, all: n }: Share, share: number): number {
  if (share <= 0) return k > 0 ? Number.POSITIVE_INFINITY : 0;
  if (share >= 1) return 0;
  const logs = RISES.map((rise) => {
    const odds = (share / (1 - share)) * Math.exp(rise);
    return k * rise + n * Math.log((1 + share / (1 - share)) / (1 + odds));
  });
  return logMean(logs);
}

/**
 * The same against a share of which only `base` is known: against the upper bound that holds but for
 * `risk`, so the chance of being misled is at most 1/e-value + risk.
 */
export function logRiseEvidence(base: Share, cand: Share, risk: number): number {
  return logShareEvidence(cand, binomialUpper(base.some, base.all, 1 - risk));
}
