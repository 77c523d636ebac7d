import type { Coverage } from '../compare/coverage.ts';
import type { GraphChange } from '../compare/edge-changes.ts';
import type { PrintedFinding } from '../compare/printed-finding.ts';
import type { OperationChanges } from '../compare/view/operations.ts';
import type { Acceptances } from './acceptances.ts';
import type { BaselineOrigin } from './baseline-origin.ts';
import type { Ignored } from './ignored.ts';

export type Verdict = 'PASS' | 'FAIL' | 'INCONCLUSIVE';

export interface CaptureSummary {
  readonly calls: number;
  /** Calls seen by two nodes, counted once. */
  readonly duplicates: number;
  readonly badRecords: number;
  /** Unix ms of the first and the last call; null without calls. */
  readonly start: number | null;
  readonly end: number | null;
  /** Bodies that could not be judged. */
  readonly bodies: { readonly whole: number; readonly cut: number; readonly redacted: number };
  /** Longest time without a call between two calls of a window; null where no window is known. */
  readonly silence: { readonly start: number; readonly ms: number } | null;
  /** The largest difference of two nodes' clocks, ms; null where too few calls tell. */
  readonly clockSkew: { readonly ms: number; readonly nodes: readonly [string, string] } | null;
  /** What kept it from carrying a PASS. */
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

/** The answer, as data: every report is a pure function of it. Public: `compare --json` prints it. */
export interface Judgement {
  readonly schemaVersion: 1;
  readonly verdict: Verdict;
  /** Why, in plain sentences; the first is the decisive one. */
  readonly reasons: readonly string[];
  /** Worst first; order is stable. */
  readonly findings: readonly PrintedFinding[];
  /** What entries of the configuration set aside; absent when they set nothing aside. */
  readonly ignored?: readonly Ignored[];
  /** Acceptances that are unused, expired or not trusted; absent when there are none of these. */
  readonly acceptances?: Acceptances;
  /** The call graph before and after, around the edges that changed; absent when none did. */
  readonly graph?: GraphChange;
  /** The operations on both sides; absent where a judgement is made of findings alone. */
  readonly operations?: OperationChanges;
  readonly coverage: Coverage;
  readonly capture: { readonly baseline: CaptureSummary; readonly candidate: CaptureSummary };
  /** Where the baseline comes from; absent where it does not say. */
  readonly baselineOrigin?: BaselineOrigin;
}
