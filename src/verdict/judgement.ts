import type { Finding, NotChecked } from '../compare/finding.ts';

export type Verdict = 'PASS' | 'FAIL' | 'INCONCLUSIVE';

export interface Coverage {
  /** Share (0…1) of the baseline's calls that lie in operations with enough calls on both sides. */
  readonly comparedShare: number;
  readonly operations: {
    readonly baseline: number;
    readonly candidate: number;
    readonly compared: number;
  };
  /** Operations of the baseline that the candidate did not exercise, or too little. */
  readonly notCovered: readonly {
    readonly operation: string;
    readonly baseline: number;
    readonly candidate: number;
  }[];
  readonly notChecked: readonly NotChecked[];
}

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
  /** Share (0…1) of the calls by workloads that were linked to the call that caused them. */
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

/** The answer, as data: every report is a pure function of it. Public: `compare --json` prints it. */
export interface Judgement {
  readonly schemaVersion: 1;
  readonly verdict: Verdict;
  /** Why, in plain sentences; the first is the decisive one. */
  readonly reasons: readonly string[];
  /** Worst first; order is stable. */
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
  readonly capture: { readonly baseline: CaptureSummary; readonly candidate: CaptureSummary };
}
