import { Ending, type Traffic } from '../traffic.ts';
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
      const to = Math.min(
        end,
        reachedBy(
          child,
          i + 1 < (tree.first[row + 1] as number) ? (tree.child[i + 1] as number) : -1,
        ),
      );
      if (to > from) {
        covered += to - from;
        reached = to;
      }
    }
    own[row] = Math.max(0, end - start - covered);
  }
  return own;

  /** Until when a call keeps its caller: until the next attempt, where one that failed is made again. */
  function reachedBy(child: number, next: number): number {
    const ends = (ts[child] as number) + (spans[child] as number);
    const again =
      next >= 0 &&
      (traffic.ending[child] as number) >= Ending.failed &&
      traffic.operation[child] === traffic.operation[next];
    return again ? Math.max(ends, ts[next] as number) : ends;
  }
}
