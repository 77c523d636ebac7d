import type { Finding, NotChecked } from './finding.ts';
import type { Thresholds } from './thresholds.ts';

/** What one family of checks has to say of a comparison. */
export interface FamilyResult {
  readonly findings: readonly Finding[];
  readonly notChecked: readonly NotChecked[];
}

export interface CompareOptions {
  /** Calls of an operation that each side needs before it is judged. */
  readonly minSamples: number;
  /** What is usual, where unsaid. */
  readonly thresholds?: Thresholds;
  /** Path templates that go before what is learned: `orders /v1/{tenant}/items`. */
  readonly hints?: readonly string[];
}

/**
 * Share of false findings that a family of checks allows itself (Benjamini-Hochberg); where nothing
 * changed, the share of comparisons in which it has any. All families together are to stay below 1 %.
 */
export const FALSE_ALARMS = 0.002;
/** Level of every interval that a finding reports. */
export const INTERVAL_LEVEL = 0.95;
