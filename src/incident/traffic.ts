import type { CaptureProblem } from '../calls/observation.ts';
import type { Profile } from '../profile/profile.ts';

/** How a call ended. `rejected`: the caller is told that it asked wrongly (4xx), or of an error with a status that is none. */
export const Ending = { fine: 0, rejected: 1, failed: 2, unanswered: 3 } as const;
export type Ending = (typeof Ending)[keyof typeof Ending];

/** Two nodes, in code-unit order. */
export type Way = readonly [one: string, other: string];

export function wayBetween(one: string, other: string): Way {
  return one < other ? [one, other] : [other, one];
}

/** The same text for the same way, and for no other. */
export function wayKey(way: Way): string {
  return JSON.stringify(way);
}

/** An operation that either side saw; indices of `Names.operations` mean the same on both. */
export interface OperationName {
  /** Plain form: `orders GET /orders/{id}`. */
  readonly operation: string;
  /** Index in `Names.workloads`: who serves it. */
  readonly workload: number;
  readonly protocol: string;
  readonly mutation: boolean;
}

/** What the columns of both sides number. All names may come from traffic: escape them where shown. */
export interface Names {
  readonly operations: readonly OperationName[];
  /** Sorted by code unit. */
  readonly workloads: readonly string[];
  /** Those outside the cluster, or of which nothing is known but an address: they can't be looked into. */
  readonly outside: ReadonlySet<number>;
  /** Pods (addresses where no pod is told) and connections, as the source named them. */
  readonly pods: readonly string[];
  /** Pairs of nodes with calls between them. */
  readonly ways: readonly Way[];
}

/** Parent of a call of which nothing is known, and of one that nothing seen caused. */
export const UNKNOWN = -2;
export const NONE = -1;

/**
 * The calls of one side as columns; a row is a call, rows are in (ts, id) order, each call once. All
 * calls are in the columns; `parent` is known, and `profile` made, only of the calls inside `linked`,
 * since linking costs far more than reading.
 */
export interface Traffic {
  readonly size: number;
  /** The time that this is the traffic of, Unix ms: both ends included. */
  readonly start: number;
  readonly end: number;
  /** Start, Unix ms. */
  readonly ts: Float64Array;
  /** ms; NaN where no response was seen. */
  readonly latency: Float64Array;
  /** Index in `Names.operations`. */
  readonly operation: Int32Array;
  /** Index in `Names.workloads`: who called, and who served (as its operation says). */
  readonly caller: Int32Array;
  readonly callee: Int32Array;
  /** Index in `Names.pods`: the replica that served; −1 where not told. */
  readonly pod: Int32Array;
  /** Index in `Names.ways`; −1 on one node, or where not told. */
  readonly way: Int32Array;
  /** `Ending` of each call. */
  readonly ending: Uint8Array;
  /** Bytes of body, or on the wire where told; NaN where unknown. */
  readonly requestSize: Float64Array;
  readonly responseSize: Float64Array;
  /** Hash of the connection; 0 where not told. */
  readonly connection: Int32Array;
  /** Row of the handled call that caused this one, `NONE` or `UNKNOWN`. */
  readonly parent: Int32Array;
  /** 0…1: how sure `parent` is. */
  readonly confidence: Float32Array;
  /** As the source named it. */
  readonly id: (row: number) => string;
  /** The status as seen. */
  readonly status: (row: number) => string | undefined;
  /** Stretches of time (Unix ms, `from ≤ ts < to`) whose calls are linked; in order. */
  readonly linked: readonly Stretch[];
  /** What was observed in the linked stretches: fan-outs, own times, schemas. */
  readonly profile: Profile;
  readonly problems: readonly CaptureProblem[];
  readonly badRecords: number;
}

/** Whether it is known what caused a call and what it caused: it lies in a stretch that is linked. */
export function isLinked({ parent }: Traffic, row: number): boolean {
  return parent[row] !== UNKNOWN;
}

/** A call that began so near to its traffic's end (ms) may only not have been answered yet. */
export const STILL_OPEN_MS = 2_000;

export interface Stretch {
  readonly from: number;
  readonly to: number;
}
