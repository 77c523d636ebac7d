import type { Call } from '../calls/call.ts';
import type { Target } from '../calls/target.ts';
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
  const members = new Map<string, number[]>();
  const add = (key: string, index: number) => {
    const list = members.get(key);
    if (list) list.push(index);
    else members.set(key, [index]);
  };
  for (const [i, { dst }] of calls.entries()) {
    const key = group(dst);
    if (key === undefined) continue;
    add(key, i);
    add(`${key}\n${dst.pod ?? dst.ip ?? ''}`, i);
  }
  const order = new Map([...members.keys()].map((key, i) => [key, i]));
  const causes = new Int32Array(calls.length).fill(-1);
  for (const [i, { src }] of calls.entries()) {
    const key = group(src);
    if (key === undefined) continue;
    const replica = order.get(`${key}\n${src.pod ?? src.ip ?? ''}`);
    causes[i] = replica ?? order.get(key) ?? -1;
  }
  return { handled: [...members.values()].map((list) => Int32Array.from(list)), causes };
}
