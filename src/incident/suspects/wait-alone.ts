import type { Side } from './side.ts';

/** How much longer than usual, and ms, calls take by themselves that wait for something scarce. */
const WAITING = 3;
const LONG_MS = 50;

/** Whether most of the calls of the incident spend far longer than their operations usually do with nothing called: they wait, and give up. */
export function waitAlone(rows: readonly number[], good: Side, bad: Side): boolean {
  const usual = usualOwnTimes(good);
  const waiting = rows.filter((row) => {
    const before = usual.get(bad.traffic.operation[row] as number);
    const own = bad.own[row] as number;
    return before !== undefined && own > LONG_MS && own > WAITING * before;
  });
  return waiting.length > rows.length / 2;
}

/** Mean own time (ms) by operation. */
function usualOwnTimes({ traffic, own }: Side): ReadonlyMap<number, number> {
  const sums = new Map<number, { total: number; calls: number }>();
  for (let row = 0; row < traffic.size; row++) {
    const time = own[row] as number;
    if (Number.isNaN(time)) continue;
    const operation = traffic.operation[row] as number;
    const sum = sums.get(operation) ?? { total: 0, calls: 0 };
    sum.total += time;
    sum.calls++;
    sums.set(operation, sum);
  }
  return new Map([...sums].map(([operation, { total, calls }]) => [operation, total / calls]));
}
