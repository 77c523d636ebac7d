import { NONE, type Traffic } from '../traffic.ts';
import { Trouble } from '../trouble.ts';

/** Fewer pairs of calls don't back an edge. */
export const LEAST_PAIRS = 3;
/** Less of the caller's trouble than this went through the callee: something else did it. */
export const LEAST_SHARE = 0.1;
/** Troubled callers have a troubled callee so much more often than callers that are well. */
const LEAST_LIFT = 1.5;
/** Rows of evidence an edge. */
export const MOST_EVIDENCE = 6;

/** Troubled calls that were part of troubled calls, by the operations of both. */
export interface Pairs {
  readonly callee: number;
  readonly caller: number;
  /** Rows of the callee's call and of the one that made it, one after the other. */
  readonly rows: number[];
  count: number;
  failed: number;
  slow: number;
}

/** All pairs of a side, and how many calls they are among. */
export interface Seen {
  readonly pairs: ReadonlyMap<string, Pairs>;
  /** Linked calls of each operation, by whether they were troubled. */
  readonly troubled: Int32Array;
  readonly failed: Int32Array;
  readonly well: Int32Array;
  /** Calls that were well, with a troubled callee, by the pair's key. */
  readonly wellWith: ReadonlyMap<string, number>;
}

/** Troubled calls and the troubled calls that made them. */
export function pairsOf(bad: Traffic, trouble: Uint8Array, operations: number): Seen {
  const pairs = new Map<string, Pairs>();
  const wellWith = new Map<string, number>();
  const counted = new Set<string>();
  const troubled = new Int32Array(operations);
  const well = new Int32Array(operations);
  const failed = new Int32Array(operations);
  for (let row = 0; row < bad.size; row++) {
    const parent = bad.parent[row] as number;
    if (parent < NONE) continue;
    const operation = bad.operation[row] as number;
    const tally = trouble[row] === Trouble.none ? well : troubled;
    tally[operation] = (tally[operation] as number) + 1;
    if (trouble[row] === Trouble.failed) failed[operation] = (failed[operation] as number) + 1;
    if (parent === NONE || trouble[row] === Trouble.none) continue;
    // At the edge of a stretch the caller's own calls are not all known.
    if ((bad.parent[parent] as number) < NONE) continue;
    const caller = bad.operation[parent] as number;
    const key = `${operation} ${caller}`;
    const once = `${key} ${parent}`;
    if (counted.has(once)) continue;
    counted.add(once);
    if (trouble[parent] === Trouble.none) {
      wellWith.set(key, (wellWith.get(key) ?? 0) + 1);
      continue;
    }
    let found = pairs.get(key);
    if (!found) {
      found = { callee: operation, caller, rows: [], count: 0, failed: 0, slow: 0 };
      pairs.set(key, found);
    }
    found.count++;
    if (trouble[parent] === Trouble.failed) found.failed++;
    else found.slow++;
    if (found.rows.length < MOST_EVIDENCE) found.rows.push(row, parent);
  }
  return { pairs, troubled, failed, well, wellWith };
}

/** Whether troubled calls of the caller made troubled calls far more often than those that were well did. */
export function carries(pairs: Pairs, seen: Seen): boolean {
  const { callee, caller, count } = pairs;
  const all = seen.troubled[caller] as number;
  // Few failures among many slow calls are a trouble of their own.
  const ofFailed = seen.failed[caller] as number;
  const enough =
    count >= LEAST_SHARE * all ||
    (pairs.failed > LEAST_PAIRS && pairs.failed >= LEAST_SHARE * ofFailed);
  if (count < LEAST_PAIRS || !enough) return false;
  const well = seen.well[caller] as number;
  const share = well === 0 ? 0 : (seen.wellWith.get(`${callee} ${caller}`) ?? 0) / well;
  return count / all > LEAST_LIFT * share;
}
