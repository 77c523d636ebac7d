import { mostOften } from '../../support/most-often.ts';
import type { RowsBy } from '../rows-by.ts';
import { isLinked, type Traffic } from '../traffic.ts';

/** A workload that nearly every call of an operation calls. */
export interface UsualCallee {
  readonly workload: number;
  /** The operation of it that is called most. */
  readonly operation: number;
}

const NEARLY_ALWAYS = 0.75;
const LEAST_HANDLED = 10;

interface Seen {
  calls: number;
  readonly callees: Map<number, { calls: number; places: number; operations: Map<number, number> }>;
}

/** Whom known-good calls nearly always call, in the order in which they do; by operation. */
export function usualCallees(
  traffic: Traffic,
  made: RowsBy,
): ReadonlyMap<number, readonly UsualCallee[]> {
  const { size, operation, callee } = traffic;
  const handled = new Map<number, Seen>();
  for (let row = 0; row < size; row++) {
    if (!isLinked(traffic, row)) continue;
    const seen = entryOf(handled, operation[row] as number, () => ({
      calls: 0,
      callees: new Map(),
    }));
    seen.calls++;
    const once = new Set<number>();
    for (const [place, child] of made.rows(row).entries()) {
      const workload = callee[child] as number;
      const entry = entryOf(seen.callees, workload, () => ({
        calls: 0,
        places: 0,
        operations: new Map(),
      }));
      const called = operation[child] as number;
      entry.operations.set(called, (entry.operations.get(called) ?? 0) + 1);
      if (once.has(workload)) continue;
      once.add(workload);
      entry.calls++;
      entry.places += place;
    }
  }
  return new Map(
    [...handled]
      .filter(([, { calls }]) => calls >= LEAST_HANDLED)
      .map(([name, seen]) => [name, nearlyAlways(seen)]),
  );
}

function nearlyAlways({ calls, callees }: Seen): readonly UsualCallee[] {
  return [...callees]
    .filter(([, entry]) => entry.calls >= NEARLY_ALWAYS * calls)
    .sort(([a, one], [b, other]) => one.places / one.calls - other.places / other.calls || a - b)
    .map(([workload, { operations }]) => {
      const [operation] = mostOften(operations) as [number, number];
      return { workload, operation };
    });
}

/** The first of the usual callees that none but a few of the calls called; undefined where all were. */
export function firstUnmade(
  rows: readonly number[],
  usual: readonly UsualCallee[],
  { callee }: Traffic,
  made: RowsBy,
): { readonly callee: UsualCallee; readonly rows: readonly number[] } | undefined {
  for (const each of usual) {
    const without = rows.filter((row) =>
      made.rows(row).every((child) => callee[child] !== each.workload),
    );
    if (without.length >= NEARLY_ALWAYS * rows.length) return { callee: each, rows: without };
  }
  return undefined;
}

function entryOf<V>(map: Map<number, V>, key: number, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
