import type { Segment } from './segment.ts';

/**
 * What the incident's observations of a measure at a place say, one by one, for something having
 * changed and against all being as in known-good traffic: log-likelihood ratios, worth less where
 * known-good ones come in bursts.
 */
export interface Model {
  readonly size: number;
  /** Unix ms, in order. */
  readonly times: Float64Array;
  /** Of the alternatives that are looked for. */
  readonly alternatives: readonly (() => Float64Array)[];
  /** Of the alternative that a part shows; undefined where it shows nothing worth telling. */
  readonly fitted: (segment: Segment) => Float64Array | undefined;
  /** How far a part is from known-good (logarithm, or standard deviations), with its sign. */
  readonly effect: (segment: Segment) => number;
  /** How many times the variance of independent observations a part's own is, beyond the known-good. */
  readonly burstsIn?: (segment: Segment) => number;
}

/** Before is known only so well: it is taken for as near to the alternative as this many standard errors allow. */
export const DOUBT = 3;
