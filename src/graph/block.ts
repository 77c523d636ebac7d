import type { Call, Endpoint } from '../calls/call.ts';
import type { Target } from '../calls/target.ts';
import { once } from '../support/once.ts';
import { operationIds } from './operation-ids.ts';
import { workloadGroups } from './workload-groups.ts';

/** The calls of one block of time as columns; an index is a call's position in (ts, id) order. */
export interface Block {
  readonly size: number;
  /** Unix ms. */
  readonly start: Float64Array;
  /** Unix ms; NaN when no response was seen. */
  readonly end: Float64Array;
  /** Dense id of what is called. */
  readonly operation: Int32Array;
  readonly operations: number;
  /** Handled calls by list: all of one workload, and those of one replica of it. */
  readonly handled: readonly Int32Array[];
  /** The list that holds the possible causes of a call; −1: its caller handles nothing. */
  readonly causes: Int32Array;
}

/** Columns of `calls`, which are sorted by (ts, id). */
export function blockOf(calls: readonly Call[], targets: readonly Target[]): Block {
  const size = calls.length;
  const start = new Float64Array(size);
  const end = new Float64Array(size);
  for (const [i, call] of calls.entries()) {
    start[i] = call.ts;
    end[i] = call.latency === undefined ? Number.NaN : call.ts + Math.max(0, call.latency);
  }
  const { ids, count } = operationIds(targets);
  const { handled, causes } = lists(calls);
  return { size, start, end, operation: ids, operations: count, handled, causes };
}

function lists(calls: readonly Call[]): Pick<Block, 'handled' | 'causes'> {
  const group = workloadGroups(calls);
  /** Those of an end: of its workload, then of its replica, which is told rather where it is known. */
  const keysOf = once((end: Endpoint): readonly string[] => {
    const key = group(end);
    return key === undefined ? [] : [key, `${key}\n${end.pod ?? end.ip ?? ''}`];
  });
  const members = new Map<string, number[]>();
  const add = (key: string, index: number) => {
    const list = members.get(key);
    if (list) list.push(index);
    else members.set(key, [index]);
  };
  for (const [i, { dst }] of calls.entries()) for (const key of keysOf(dst)) add(key, i);
  const order = new Map([...members.keys()].map((key, i) => [key, i]));
  const causes = new Int32Array(calls.length).fill(-1);
  for (const [i, { src }] of calls.entries()) {
    for (const key of keysOf(src)) causes[i] = order.get(key) ?? (causes[i] as number);
  }
  return { handled: [...members.values()].map((list) => Int32Array.from(list)), causes };
}
