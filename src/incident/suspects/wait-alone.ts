import type { Side } from './side.ts';

/** How much longer than usual, and ms, calls take by themselves that wait for something scarce. */
const WAITING = 3;
const LONG_MS = 50;

/**
 * Whether most of the calls of the incident spend far longer than their operations usually do with
 * nothing called: they wait, and give up. Of what never calls anything, as a store, it says nothing.
 */
export function waitAlone(rows: readonly number[], good: Side, bad: Side): boolean {
  const usual = usualOwnTimes(good);
  const waiting = rows.filter((row) => {
    const before = usual.get(bad.traffic.operation[row] as number);
    const own = bad.own[row] as number;
    return before !== undefined && own > LONG_MS && own > WAITING * before;
  });
  return waiting.length > rows.length / 2;
}

/** Mean own time (ms) by operation, of those that call others. */
function usualOwnTimes({ traffic, tree, own }: Side): ReadonlyMap<number, number> {
  const sums = new Map<number, { total: number; calls: number; made: number }>();
  for (let row = 0; row < traffic.size; row++) {
    const time = own[row] as number;
    if (Number.isNaN(time)) continue;
    const operation = traffic.operation[row] as number;
    const sum = sums.get(operation) ?? { total: 0, calls: 0, made: 0 };
    sum.total += time;
    sum.calls++;
    sum.made += (tree.first[row + 1] as number) - (tree.first[row] as number);
    sums.set(operation, sum);
  }
  return new Map(
    [...sums]
      .filter(([, { made }]) => made > 0)
      .map(([operation, { total, calls }]) => [operation, total / calls]),
  );
}
