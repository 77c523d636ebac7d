import type { OperationMeasure } from '../measure/operation-measure.ts';
import type { Quietness } from './level.ts';

/** One learned hour that is comparable with now. */
export interface LearnedHour {
  /** Unix ms. */
  readonly start: number;
  /** Share of the hour that was observed, 0…1. */
  readonly observed: number;
  /** How much it counts, 0…1: older weeks count less. */
  readonly weight: number;
  /** The operation in that hour; undefined: observed, and never called. */
  readonly measure: OperationMeasure | undefined;
}

/** How well the hours fit: the same hour of the week, else of another day, else the last hours. */
export type Likeness = 'hour-of-week' | 'hour-of-day' | 'recent';

/** What an operation does at this time of the week. */
export interface Usual {
  readonly likeness: Likeness;
  readonly hours: readonly LearnedHour[];
  /** Expected in one whole hour, weighted: calls, and shares of calls (0…1). */
  readonly callsAnHour: number;
  readonly failureShare: number;
  readonly rejectionShare: number;
  /** Calls behind the shares, weighted. */
  readonly calls: number;
  /** ms by share 0…1, weighted; NaN without calls. */
  readonly latency: (q: number) => number;
}

/** First and last moment, Unix ms. */
export interface Known {
  readonly first: number;
  readonly last: number;
}

/** What was learned, as seen from one slot; nothing of the slot itself is in it. */
export interface Normal {
  /** Hours of the week observed at least once, of 168, as days: 0…7. */
  readonly days: number;
  /** `3.5 of 7 days`. */
  readonly words: string;
  /** Whether this hour was learned on a day of the same kind: working days and weekends differ. */
  readonly familiar: boolean;
  /** How quiet it is of late in all that is watched, errors left out. */
  readonly quietness: Quietness;
  /** Since when this monitor has learned, Unix ms; undefined before the first slot. */
  readonly since: number | undefined;
  usual(operation: string): Usual | undefined;
  /** Whole hours before this one, newest first, at most 24. */
  recent(operation: string): readonly LearnedHour[];
  /** When a caller was seen at a workload; undefined: never. */
  edge(caller: string, workload: string): Known | undefined;
  /** When a workload, or a host outside, was seen as callee. */
  callee(workload: string): Known | undefined;
  /** When an operation was seen. */
  operation(operation: string): Known | undefined;
}
