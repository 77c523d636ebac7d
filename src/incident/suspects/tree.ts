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
  const { size, parent } = traffic;
  const first = new Int32Array(size + 1);
  for (let row = 0; row < size; row++) {
    const at = parent[row] as number;
    if (at >= 0) first[at + 1] = (first[at + 1] as number) + 1;
  }
  for (let row = 0; row < size; row++) {
    first[row + 1] = (first[row + 1] as number) + (first[row] as number);
  }
  const next = first.slice(0, size);
  const child = new Int32Array(first[size] as number);
  // Rows are in order of start, so each row's children are as well.
  for (let row = 0; row < size; row++) {
    const at = parent[row] as number;
    if (at < 0) continue;
    const place = next[at] as number;
    child[place] = row;
    next[at] = place + 1;
  }
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
