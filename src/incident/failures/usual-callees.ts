import type { Traffic } from '../traffic.ts';
import type { MadeCalls } from './made-calls.ts';

/** An operation that nearly every call of another makes. */
export interface UsualCallee {
  readonly operation: number;
  /** Share of the handled calls that make it. */
  readonly share: number;
}

const NEARLY_ALWAYS = 0.75;
const LEAST_HANDLED = 10;

/** What known-good calls nearly always call, in the order in which they do; by operation. */
export function usualCallees(
  traffic: Traffic,
  made: MadeCalls,
): ReadonlyMap<number, readonly UsualCallee[]> {
  const handled = new Map<number, { calls: number; callees: Map<number, [number, number]> }>();
  for (let row = 0; row < traffic.size; row++) {
    if (!made.isKnown(row)) continue;
    const operation = traffic.operation[row] as number;
    let seen = handled.get(operation);
    if (!seen) {
      seen = { calls: 0, callees: new Map() };
      handled.set(operation, seen);
    }
    seen.calls++;
    const once = new Set<number>();
    for (const [place, child] of made.of(row).entries()) {
      const callee = traffic.operation[child] as number;
      if (once.has(callee)) continue;
      once.add(callee);
      const [count, places] = seen.callees.get(callee) ?? [0, 0];
      seen.callees.set(callee, [count + 1, places + place]);
    }
  }
  return new Map(
    [...handled]
      .filter(([, { calls }]) => calls >= LEAST_HANDLED)
      .map(([operation, { calls, callees }]) => [
        operation,
        [...callees]
          .filter(([, [count]]) => count >= NEARLY_ALWAYS * calls)
          .sort(([a, [n, p]], [b, [m, q]]) => p / n - q / m || a - b)
          .map(([callee, [count]]) => ({ operation: callee, share: count / calls })),
      ]),
  );
}

/** The first of the usual callees that none but a few of the calls made; undefined where all were made. */
export function firstUnmade(
  rows: readonly number[],
  usual: readonly UsualCallee[],
  { operation }: Traffic,
  made: MadeCalls,
):
  | { readonly callee: number; readonly index: number; readonly rows: readonly number[] }
  | undefined {
  for (const [index, { operation: callee }] of usual.entries()) {
    const without = rows.filter((row) =>
      made.of(row).every((child) => operation[child] !== callee),
    );
    if (without.length >= NEARLY_ALWAYS * rows.length) return { callee, index, rows: without };
  }
  return undefined;
}
