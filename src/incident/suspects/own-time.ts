import type { Traffic } from '../traffic.ts';
import type { Tree } from './tree.ts';

/** ms of each handled call in which nothing that it called was under way; NaN where that isn't known. */
export function ownTimes(traffic: Traffic, tree: Tree, spans: Float64Array): Float64Array {
  const { size, ts } = traffic;
  const own = new Float64Array(size).fill(Number.NaN);
  for (let row = 0; row < size; row++) {
    if (tree.known[row] === 0) continue;
    const start = ts[row] as number;
    const end = start + (spans[row] as number);
    let covered = 0;
    let reached = start;
    for (let i = tree.first[row] as number; i < (tree.first[row + 1] as number); i++) {
      const child = tree.child[i] as number;
      const from = Math.max(reached, ts[child] as number);
      const to = Math.min(end, (ts[child] as number) + (spans[child] as number));
      if (to > from) {
        covered += to - from;
        reached = to;
      }
    }
    own[row] = Math.max(0, end - start - covered);
  }
  return own;
}
