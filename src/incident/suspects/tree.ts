import { rowsBy } from '../rows-by.ts';
import type { Traffic } from '../traffic.ts';

/** Which calls each handled call made, in order of start: children of `row` are `child[first[row]]…child[first[row + 1] − 1]`. */
export interface Tree {
  readonly first: Int32Array;
  readonly child: Int32Array;
  /** Rows of which it is known what they called: in a linked stretch. */
  readonly known: Uint8Array;
}

/** The linked calls of a side as a forest. */
export function treeOf(traffic: Traffic): Tree {
  const { starts: first, sorted: child } = rowsBy(traffic.parent, traffic.size);
  return { first, child, known: knownOf(traffic) };
}

function knownOf({ size, ts, linked }: Traffic): Uint8Array {
  const known = new Uint8Array(size);
  let stretch = 0;
  for (let row = 0; row < size; row++) {
    const start = ts[row] as number;
    while (stretch < linked.length && start >= (linked[stretch] as { to: number }).to) stretch++;
    const inside = stretch < linked.length && start >= (linked[stretch] as { from: number }).from;
    if (inside) known[row] = 1;
  }
  return known;
}

/** Rows of the calls that a call made, in order. */
export function childrenOf({ first, child }: Tree, row: number): Int32Array {
  return child.subarray(first[row], first[row + 1]);
}
