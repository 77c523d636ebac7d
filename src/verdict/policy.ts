import type { Severity } from '../compare/finding.ts';
import type { FindingPattern } from './finding-pattern.ts';

/** What a rule's findings weigh; `off`: they are set aside. */
export type Level = Severity | 'off';

export interface RuleLevel {
  /** A rule's id, or the begin of several: `header.*`. The longest that fits counts. */
  readonly rule: string;
  readonly level: Level;
}

/** Findings that are set aside: counted and listed, and no part of the verdict. */
export interface Ignore extends FindingPattern {
  readonly reason: string;
}

/** Findings that are meant, for a time. */
export interface Acceptance extends FindingPattern {
  readonly rule: string;
  readonly operation: string;
  readonly reason: string;
  /** The last day (YYYY-MM-DD, UTC) on which it holds. */
  readonly expires: string;
  readonly by?: string | undefined;
}

/** What one file lets pass. */
export interface Allowances {
  readonly rules: readonly RuleLevel[];
  readonly ignore: readonly Ignore[];
  readonly accept: readonly Acceptance[];
}

/** How findings become a verdict. */
export interface Policy {
  /** Share (0…1) of the baseline's calls that must lie in compared operations for a PASS. */
  readonly minCoverage: number;
  /** A finding passes where all of these let it; what the first says is told. */
  readonly allowances: readonly [Allowances, ...Allowances[]];
  /** Acceptances that a change proposes for itself: they don't count yet. */
  readonly untrusted: readonly Acceptance[];
  /** What else a change proposes for itself and does not count yet, in words. */
  readonly proposals: readonly string[];
}

export const DEFAULT_COVERAGE = 0.9;
export const NO_ALLOWANCES: Allowances = { rules: [], ignore: [], accept: [] };

/** The policy of one file that is trusted. */
export function policyOf(allowances: Allowances, minCoverage = DEFAULT_COVERAGE): Policy {
  return { minCoverage, allowances: [allowances], untrusted: [], proposals: [] };
}

export const DEFAULT_POLICY: Policy = policyOf(NO_ALLOWANCES);
