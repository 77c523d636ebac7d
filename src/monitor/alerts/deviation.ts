import type { AlertSeverity } from '../alert-rule.ts';
import type { Subject } from '../subject.ts';

/** One subject that deviates by one rule, from the first signal until it was quiet for long enough. */
export interface Deviation {
  /** Rule and subject. */
  readonly key: string;
  readonly rule: string;
  readonly subject: Subject;
  /** Start of the first slot that showed it, and of the last, Unix ms. */
  readonly first: number;
  last: number;
  /** First moment that shows it, Unix ms. */
  since: number;
  /** Of the last signal. */
  severity: AlertSeverity;
  chance: number;
  /** Deviating slots so far. */
  seen: number;
  /** Quiet slots in a row. */
  quiet: number;
  /** Slots in a row that had too few events to tell. */
  thin: number;
  /** Whether it came so often of late that it needs no more slots in a row. */
  recurs: boolean;
  /** ms from one coming to the next, where that is even. */
  every: number | undefined;
  /** Whether it has waited a slot for its cause to be confirmed. */
  held: boolean;
  /** The alert that it belongs to. */
  alert: string | undefined;
}
