import type { Symptom } from '../incident-case.ts';
import type { Traffic } from '../traffic.ts';
import type { Tree } from './tree.ts';

/** What each call means for those who wait at the top. */
export interface Weights {
  /** ms that they wait longer for a ms more of it: 1 where it ran alone, a half beside one other, 0 where nobody that the symptom names waits. */
  readonly weight: Float64Array;
  /** Row of the call that is waited for: the top of its tree, or what the symptom names. */
  readonly entry: Int32Array;
}

/** Follows each tree down from those who wait. */
export function weightsOf(
  traffic: Traffic,
  tree: Tree,
  spans: Float64Array,
  symptom: Symptom,
): Weights {
  const { size, parent } = traffic;
  const weights = new Float64Array(size);
  const entry = new Int32Array(size).fill(-1);
  const isWaitedFor = waitedForBy(symptom, traffic);
  const stack: number[] = [];
  for (let row = 0; row < size; row++) {
    if ((parent[row] as number) >= 0 || tree.known[row] === 0) continue;
    enter(row);
    stack.push(row);
    while (stack.length > 0) {
      const at = stack.pop() as number;
      spread(at);
      for (let i = tree.first[at] as number; i < (tree.first[at + 1] as number); i++) {
        stack.push(tree.child[i] as number);
      }
    }
  }
  return { weight: weights, entry };

  function enter(row: number): void {
    if (!isWaitedFor(row)) return;
    weights[row] = 1;
    entry[row] = row;
  }

  function spread(at: number): void {
    const from = tree.first[at] as number;
    const to = tree.first[at + 1] as number;
    const weight = weights[at] as number;
    for (let i = from; i < to; i++) {
      const child = tree.child[i] as number;
      const carried = weight * aloneShare(traffic, spans, tree, i, from, to);
      if (carried === 0) {
        enter(child);
        continue;
      }
      weights[child] = carried;
      entry[child] = entry[at] as number;
    }
  }
}

/** Whether a call is one that the symptom names; all are where it names none. */
function waitedForBy(
  { operations, workloads }: Symptom,
  { operation, callee }: Traffic,
): (row: number) => boolean {
  const [told, tellers] = [new Set(operations), new Set(workloads)];
  if (told.size > 0) return (row) => told.has(operation[row] as number);
  if (tellers.size > 0) return (row) => tellers.has(callee[row] as number);
  return () => true;
}

/** Siblings looked at on each side: what runs beside more is shared among enough already. */
const NEAR = 16;

/** Share of a call's time that is its own among the calls made beside it: its time over that of all that overlap it. */
function aloneShare(
  { ts }: Traffic,
  spans: Float64Array,
  { child }: Tree,
  i: number,
  from: number,
  to: number,
): number {
  const row = child[i] as number;
  const start = ts[row] as number;
  const long = spans[row] as number;
  if (!(long > 0)) return 1;
  let shared = 0;
  for (let j = Math.max(from, i - NEAR); j < Math.min(to, i + NEAR + 1); j++) {
    if (j === i) continue;
    const other = child[j] as number;
    const begin = Math.max(start, ts[other] as number);
    const end = Math.min(start + long, (ts[other] as number) + (spans[other] as number));
    if (end > begin) shared += end - begin;
  }
  return long / (long + shared);
}
