import { Ending } from '../traffic.ts';
import type { Cell, Times } from './cells.ts';
import type { MissingCallees } from './missing-callees.ts';
import type { Side } from './side.ts';

/** Standard errors, calls on both sides, and share of what it was, by which the time for calls must have grown. */
const SURE = 3;
const FEW = 10;
const GREW = 0.2;

/**
 * By row, ms that the calls it made usually take, on both sides by the same measure: where that grows,
 * more calls are made, or others, however fast each is. NaN where it isn't known, and where one of
 * them failed or a silent callee is missing: then others are made in its stead.
 */
export function timesOfCallsMade(good: Side, bad: Side, missing: MissingCallees): Times {
  const usual = usualTimes(good, bad);
  return {
    good: timesOf(good, usual, () => false),
    bad: timesOf(bad, usual, (row) => missing.of(row) !== undefined),
  };
}

/** The cells in which clearly more calls are made. */
export function madeMore(cells: readonly Cell[]): Cell[] {
  return cells.filter(
    ({ good, bad, excess, error }) =>
      Math.min(good.size, bad.size) >= FEW && excess > SURE * error && excess > GREW * good.mean,
  );
}

function timesOf(
  { traffic, tree, own, spans }: Side,
  usual: (operation: number, callee: number) => number,
  isInstead: (row: number) => boolean,
): Float64Array {
  const times = new Float64Array(traffic.size).fill(Number.NaN);
  for (let row = 0; row < traffic.size; row++) {
    const time = own[row] as number;
    if (Number.isNaN(time)) continue;
    let sum = 0;
    for (let i = tree.first[row] as number; i < (tree.first[row + 1] as number); i++) {
      const child = tree.child[i] as number;
      if ((traffic.ending[child] as number) >= Ending.failed) sum = Number.NaN;
      sum += usual(traffic.operation[child] as number, traffic.callee[child] as number);
    }
    // What is called at the same time takes no longer together than the caller waited.
    if (!isInstead(row)) times[row] = Math.min(sum, (spans[row] as number) - time);
  }
  return times;
}

/** What a call takes, ms: as known-good ones of its operation, else of its workload; of what is new, as it does now. */
function usualTimes(good: Side, bad: Side): (operation: number, callee: number) => number {
  const [operations, workloads] = [meansBy(good, 'operation'), meansBy(good, 'callee')];
  const fresh = meansBy(bad, 'operation');
  return (operation, callee) =>
    operations.get(operation) ?? workloads.get(callee) ?? fresh.get(operation) ?? 0;
}

function meansBy({ traffic, spans }: Side, by: 'operation' | 'callee'): Map<number, number> {
  const sums = new Map<number, { sum: number; calls: number }>();
  for (let row = 0; row < traffic.size; row++) {
    const time = spans[row] as number;
    if (Number.isNaN(time)) continue;
    const key = traffic[by][row] as number;
    const at = sums.get(key) ?? { sum: 0, calls: 0 };
    sums.set(key, at);
    at.sum += time;
    at.calls++;
  }
  return new Map([...sums].map(([key, { sum, calls }]) => [key, sum / calls]));
}
