import { type Traffic, UNKNOWN } from '../traffic.ts';
import { childrenOf, type Tree } from './tree.ts';

/**
 * How long each call was waited for, ms: its latency; of one without an answer, until its caller went
 * on with the next call or gave up; NaN where that isn't known.
 */
export function spansOf({ size, ts, latency, parent }: Traffic, tree: Tree): Float64Array {
  const spans = latency.slice();
  for (let row = 0; row < size; row++) {
    const end = (ts[row] as number) + (latency[row] as number);
    if (Number.isNaN(end)) continue;
    for (let i = tree.first[row] as number; i < (tree.first[row + 1] as number); i++) {
      const child = tree.child[i] as number;
      if (!Number.isNaN(spans[child] as number) || parent[child] === UNKNOWN) continue;
      const next = i + 1 < (tree.first[row + 1] as number) ? (tree.child[i + 1] as number) : -1;
      const until = next < 0 ? end : Math.min(end, ts[next] as number);
      spans[child] = Math.max(0, until - (ts[child] as number));
    }
  }
  return spans;
}

/** When all had ended that a call had called before it called `next` (none: at all), or it had begun; Unix ms. */
export function doneBefore(
  { traffic, tree, spans }: { traffic: Traffic; tree: Tree; spans: Float64Array },
  row: number,
  next = -1,
): number {
  let done = traffic.ts[row] as number;
  for (const child of childrenOf(tree, row)) {
    if (child === next) break;
    done = Math.max(done, (traffic.ts[child] as number) + (spans[child] as number));
  }
  return done;
}
