import type { RuleId } from './rules.ts';

export type Severity = 'breaking' | 'warning' | 'info';

export type Category =
  | 'schema-change'
  | 'new-error'
  | 'performance'
  | 'behaviour'
  | 'missing-call'
  | 'extra-call'
  | 'coverage';

/** One piece of proof: a call that shows the difference, on the side it was seen. */
export interface Evidence {
  readonly callId: string;
  readonly side: 'baseline' | 'candidate';
  /** What to look at in that call, already redacted. */
  readonly note?: string;
}

/** Both ends of an interval, in the unit of the effect; null where it is open. */
export interface Interval {
  readonly low: number | null;
  readonly high: number | null;
  /** Confidence level, 0…1. */
  readonly level: number;
}

/** Where in an operation's messages a difference lies, and what it is, in parts. */
export interface FieldChange {
  readonly side: 'request' | 'response';
  /** Of a response. */
  readonly status?: string;
  /** `query`, or the kind of body: `json`, `form`, … */
  readonly part: string;
  /** JSON pointer, `*` for the items of an array and the values of a map; empty for the whole part. */
  readonly pointer: string;
  /** What happened there, without place and numbers. */
  readonly what: string;
  /** Pointer of the field that it perhaps is now. */
  readonly renamed?: string;
}

/** One difference between two profiles; what is public of it is a `PrintedFinding`. */
export interface Finding {
  /** Its name among the findings of a judgement, to which `causedBy` refers: its `rule operation path`. */
  readonly id?: string;
  /** Stable id, documented in docs/rules.md. */
  readonly rule: RuleId;
  readonly category: Category;
  readonly severity: Severity;
  /** The operation handled whose behaviour changed, in plain form: `orders GET /api/orders/{id}`. */
  readonly operation: string;
  /** The workload that sees the change, where one does. */
  readonly caller?: string;
  /** Where in the operation: a JSON pointer, a header, a status, or the callee in plain form. */
  readonly path?: string;
  /** `path` and `summary` of a schema finding in parts, for whoever compares findings. */
  readonly field?: FieldChange;
  /** One sentence, plain text (not escaped for any format). */
  readonly summary: string;
  readonly baseline: string | number | null;
  readonly candidate: string | number | null;
  /** Size of the change in the rule's own unit (a ratio, a share, a count per call). */
  readonly effect: number | null;
  readonly interval: Interval | null;
  /** Calls (or bodies) that the check rests on. */
  readonly samples: { readonly baseline: number; readonly candidate: number };
  readonly evidence: readonly Evidence[];
  /** From the entry operation to the changed edge, in plain form. */
  readonly chain?: readonly string[];
  /** The finding that this one follows from: its `rule operation path`. */
  readonly causedBy?: string;
  /** Why it is neither called a break nor cleared: no PASS is given beside it. */
  readonly undecided?: string;
  /**
   * Why it weighs less than its rule says, so that no policy makes it weigh more: the baseline's own
   * windows differ in it too, the window still ran, or a fault of the capture looks alike.
   */
  readonly weakened?: 'noise' | 'unfinished' | 'capture-fault';
  /** An entry of the configuration that accepts it: it doesn't count for the verdict. */
  readonly accepted?: { readonly reason: string; readonly expires: string; readonly by?: string };
  /** What an independent second method said (json-schema-diff). */
  readonly secondOpinion?: 'agrees' | 'disagrees' | 'not supported';
  /** The KFL expression that shows such calls in Kubeshark, as far as KFL can tell them apart. */
  readonly kfl?: string;
}

/** A check that could not be made, and what it could have seen. */
export interface NotChecked {
  readonly operation: string;
  /** Family of checks: `schema`, `errors`, `latency`, `calls`, `headers`. */
  readonly family: string;
  /** In words: "12 calls; a P95 change under 2.4× could not be seen". */
  readonly reason: string;
  readonly samples: { readonly baseline: number; readonly candidate: number };
}
