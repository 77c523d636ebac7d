import type { Field } from './fields.ts';

/** How long an operation works itself, ms, not counting the calls that it waits for. */
export interface OwnTime {
  readonly median: number;
  /** Deviation of the logarithm. */
  readonly sigma: number;
  /** Share of the calls that a memory of its own answers in a tenth of the time: bimodal. 0: log-normal. */
  readonly hits: number;
  /** Share of the calls that take a Pareto (least 2, this alpha) times longer: the heavy tail. */
  readonly tail: number;
  readonly alpha: number;
}

export interface Errors {
  /** Share of the calls that fail. */
  readonly share: number;
  readonly status: string;
  /** Errors come in bursts: so many a run on average, in each of which three of ten calls fail. 0: one by one. */
  readonly bursts: number;
  /** Whether an id fails always or never. */
  readonly personal?: boolean;
}

/** Calls that handling one call causes. */
export interface ChildCalls {
  /** Index of the operation called. */
  readonly target: number;
  /** `fixed`: always so many; `variable`: Poisson with this mean, five at most; `miss`: one where the cache has nothing; `share`: one in this share of the calls. */
  readonly kind: 'fixed' | 'variable' | 'miss' | 'share';
  readonly amount: number;
  /** How many follows from what the call is about. */
  readonly personal?: boolean;
}

export interface Operation {
  /** In plain form, as findings name it. */
  readonly name: string;
  readonly workload: string;
  readonly protocol: 'http' | 'postgresql' | 'redis' | 'kafka';
  readonly method: string;
  /** With `{id}` where the id goes. */
  readonly path: string;
  readonly own: OwnTime;
  readonly errors: readonly Errors[];
  readonly request: readonly Field[];
  readonly response: readonly Field[];
  /** Response headers besides the media type, with the share of the responses that have them. */
  readonly headers: readonly (readonly [name: string, value: string, share: number])[];
  /** Share of the calls that the cache answers, for children of kind `miss`. */
  readonly cached: number;
  readonly children: readonly ChildCalls[];
  /** All children at once instead of one after the other. */
  readonly parallel: boolean;
  /** Fails with 502 when a callee over HTTP fails with 5xx. */
  readonly propagates: boolean;
  /** Requests from outside in one run, on average. */
  readonly requests: number;
  /** A wait of (factor − 1) times what the call took, on calls whose own time exceeds `above`. */
  readonly slowdown?: { readonly factor: number; readonly above: number };
}

/** A call that comes by the clock, whatever is asked of the system. */
export interface Timer {
  /** `kubelet`: to each pod of the callee, from the node. Else from one pod of a workload. */
  readonly caller: string;
  /** Index of the operation called. */
  readonly target: number;
  /** From one to the next, ms, and the deviation of it (share). */
  readonly every: number;
  readonly jitter: number;
}

/** Events that a service leaves and a consumer works off, later, in no request's course. */
export interface Stream {
  /** Index of the operation each call of which leaves one event: a row of a table, or the message itself. */
  readonly left: number;
  /** Who makes messages of rows, and how often it looks for them. */
  readonly relay:
    | {
        readonly workload: string;
        readonly every: number;
        readonly poll: number;
        readonly mark: number;
      }
    | undefined;
  readonly produce: number;
  readonly consumer: string;
  readonly fetch: number;
  /** What the consumer calls for each event. */
  readonly work: readonly ChildCalls[];
}

/** What does not change between two runs of the same version. */
export interface System {
  /** Those asked from outside and what they cause; then those of timers and streams. */
  readonly operations: readonly Operation[];
  readonly timers: readonly Timer[];
  readonly streams: readonly Stream[];
  /** Whether services hand on W3C trace headers. */
  readonly traced: boolean;
  /** Requests of each entry operation are exactly as many as told, not Poisson. */
  readonly exact: boolean;
  /** Requests for one operation about one id, on average, a few seconds from one to the next. */
  readonly repeats: number;
  /** Requests open at once, on average. */
  readonly concurrency: number;
  /** Deviation (log) of all latencies between runs, and of each operation's besides. */
  readonly runDrift: number;
  readonly operationDrift: number;
  /** The slow common movement of latencies: deviation (log), and how much of it stays from step to step. */
  readonly weather: number;
  readonly persistence: number;
  /** How far the load swings around its mean inside the window, 0…1. */
  readonly swing: number;
}
