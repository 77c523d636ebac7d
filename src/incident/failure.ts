/** How a failing or slow operation looks in its calls. */
export type Shape =
  /** It fails, or is slow, while all that it called for it is well: it began here. */
  | 'origin'
  /** What it called failed or was slow first: it passes it on. */
  | 'carrier'
  /** Its caller gave up, at about the same time each time. */
  | 'timeout'
  /** Its time goes by before it calls anything, or with nothing called: it waits for something scarce. */
  | 'waiting'
  /** The same wait, and then the store or a pool refused: too many connections. */
  | 'pool-exhausted'
  /** Its callers can't connect, or are cut off: nothing answers. */
  | 'refused'
  /** It answers later the more there is in flight. */
  | 'queueing';

/** The failing and slow calls of one operation in the incident, followed down the call graph. */
export interface Failure {
  /** Index in `Names.operations`. */
  readonly operation: number;
  readonly shape: Shape;
  /** How sure (0…1). */
  readonly sure: number;
  /** Troubled calls of it (failed, unanswered, or slower than all but 1 % of known-good ones), and all of it. */
  readonly troubled: number;
  readonly calls: number;
  /** Of the troubled and linked calls: with a troubled callee, and without. */
  readonly withTroubledCallee: number;
  readonly alone: number;
  /** Operations called by its troubled calls that were troubled themselves, most often first. */
  readonly through: readonly { readonly operation: number; readonly calls: number }[];
  /** Statuses of its failed calls, most often first. */
  readonly statuses: readonly { readonly status: string; readonly calls: number }[];
  /** The repeated call after a failure: attempts a handled call, before and after. */
  readonly retries?: { readonly before: number; readonly after: number };
  /** Of the calls (handled calls of its callers) those that failed where they used to call it, and didn't: it can't be reached. */
  readonly unmade?: number;
  /** Failing calls after a callee answered, fine by its status, with something of another form or size than before. */
  readonly unusable?: { readonly operation: number; readonly calls: number };
  /** Where its callers, or it, gave up at about the same time each time: that time, ms. */
  readonly gaveUpAfter?: number;
  /** Rows of the incident's traffic that show it, at most ten. */
  readonly rows: readonly number[];
}
