/** What of a workload, an operation or an edge changed. */
export type Measure =
  | 'errors'
  | 'rejections'
  | 'unanswered'
  | 'latency'
  | 'own-time'
  | 'volume'
  | 'fan-out'
  | 'connections';

/** Where: an operation, or all of a workload; `caller` where one edge is meant. Indices of `Names`. */
export interface Place {
  readonly workload: number;
  readonly operation?: number;
  readonly caller?: number;
}

/** A measure that was one thing and then another. */
export interface Change {
  readonly place: Place;
  readonly measure: Measure;
  /** When, Unix ms, and the interval (95 %) that holds it; `from` is before the incident's window where it was so from its first call on. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** When it was as before again; absent while it lasts. */
  readonly until?: number;
  /** Before and after, in the measure's unit: a share, ms, calls a second, calls a handled call. */
  readonly before: number;
  readonly after: number;
  /** How sure (0…1) that there is a change at all, all that was tried taken into account. */
  readonly sure: number;
  /** Calls that it rests on. */
  readonly samples: { readonly before: number; readonly after: number };
  /** Rows of the incident's traffic that show it, at most ten. */
  readonly rows: readonly number[];
}
