import type { Names } from '../traffic.ts';
import type { Evidence } from './evidence.ts';
import type { Side } from './side.ts';
import { childrenOf } from './tree.ts';

/** Calls that show something, share of them that end so, and of known-good ones that may end so as well. */
const FEW = 5;
const NEARLY = 0.75;
const SELDOM = 0.25;

/**
 * The resolution of a name (operation) with which the failing calls that end in a workload (`rows`) mostly
 * stop, where known-good ones go on: whoever it names is asked next, and may not be captured.
 */
export function lastResolved(
  rows: readonly number[],
  { good, bad }: Pick<Evidence, 'good' | 'bad'>,
  names: Names,
): number | undefined {
  if (rows.length < FEW) return undefined;
  const ends = rows.map((row) => lastOf(bad, row));
  const [most] = [...Map.groupBy(ends, (operation) => operation)].sort(
    (a, b) => b[1].length - a[1].length,
  );
  const [operation = -1, stopping = []] = most ?? [];
  if (names.operations[operation]?.protocol !== 'dns') return undefined;
  if (stopping.length < NEARLY * rows.length) return undefined;
  const operations = new Set(rows.map((row) => bad.traffic.operation[row] as number));
  let [usual, alike] = [0, 0];
  for (let row = 0; row < good.traffic.size; row++) {
    if (good.tree.known[row] === 0 || !operations.has(good.traffic.operation[row] as number))
      continue;
    usual++;
    if (lastOf(good, row) === operation) alike++;
  }
  return usual >= FEW && alike <= SELDOM * usual ? operation : undefined;
}

/** What a call asks for last; −1 where it asks for nothing. */
function lastOf({ traffic, tree }: Side, row: number): number {
  const last = childrenOf(tree, row).at(-1);
  return last === undefined ? -1 : (traffic.operation[last] as number);
}
