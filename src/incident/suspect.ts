import type { Shape } from './failure.ts';

export type CauseKind =
  /** Spends more time itself. */
  | 'slow'
  /** Fails by itself. */
  | 'failing'
  /** Nothing answers: refused, reset, silent. */
  | 'unreachable'
  /** Calls into it take longer than it does itself: the way to it. */
  | 'network'
  /** Waits for connections, or its store has no more of them. */
  | 'connections'
  /** Answers with something that its callers can't use. */
  | 'payload';

/** A workload that may be the origin, and what speaks for it and against. */
export interface Suspect {
  /** Index in `Names.workloads`. */
  readonly workload: number;
  /** Index in `Names.operations`, where one stands out. */
  readonly operation?: number;
  readonly kind: CauseKind;
  readonly shape?: Shape;
  /** The workload that may be at fault as well, by the very same calls: one can't reach the other, or fails before it calls it. */
  readonly or?: number;
  /** 0…1, all suspects and 'none of them' sum to at most 1. */
  readonly score: number;
  /** Share (0…1) of the symptom's excess (failed calls, added time) that it explains. */
  readonly explains: number;
  /** When it began, Unix ms: 95 % interval in `from`…`to`. */
  readonly since?: { readonly at: number; readonly from: number; readonly to: number };
  /** Whole sentences in plain words with numbers, the weightiest first. */
  readonly reasons: readonly string[];
  /** Why it is not the origin: a sentence. Absent for those that may be. */
  readonly ruledOut?: string;
  /** Rows of the incident's traffic that show it, at most ten. */
  readonly rows: readonly number[];
}

/** The suspects, best first, or why none is named. */
export interface Suspicion {
  /** At most twenty; those ruled out stand last. */
  readonly suspects: readonly Suspect[];
  /** Why no origin is named, whole sentences; absent where the first suspect is one. */
  readonly abstained?: readonly string[];
  /** Where it abstains: the suspects stand nevertheless, none is sure enough; else nothing speaks for them. */
  readonly candidates?: boolean;
  /** Nodes between which calls take longer, or the one from and to which they do; ms a call. */
  readonly network?: { readonly nodes: readonly string[]; readonly ms: number };
  /** What to capture next, whole sentences: always where it abstains. */
  readonly next: readonly string[];
}
