import { type Assignment, NO_PARENT } from './assignment.ts';
import type { Block } from './block.ts';
import type { Candidates } from './candidates.ts';

/** Log odds against a cause that was passed over by a later call of the same root around the child. */
const PASSED_OVER = -2.5;
const ROUNDING = 1;

/** The call at the top of each call's chain of causes, as assigned now. */
export function rootsOf(block: Block, { parent }: Assignment): Int32Array {
  const root = new Int32Array(block.size).fill(-1);
  const path: number[] = [];
  for (let c = 0; c < block.size; c++) {
    let top = c;
    path.length = 0;
    while (root[top] === -1) {
      root[top] = top;
      path.push(top);
      const up = parent[top] as number;
      if (up === NO_PARENT) break;
      top = up;
    }
    const found = root[top] as number;
    for (const p of path) root[p] = found;
  }
  return root;
}

/**
 * Where several calls of one root race for a child, the latest that encloses it is the likelier
 * cause. Returns the log odds (≤ 0) of `parent` against that.
 */
export function passedOver(
  { start, end }: Block,
  { offset, parents }: Candidates,
  root: Int32Array,
  parent: number,
  child: number,
): number {
  const mine = root[parent] as number;
  const began = start[parent] as number;
  for (let i = offset[child] as number; i < (offset[child + 1] as number); i++) {
    const p = parents[i] as number;
    if (p === parent || root[p] !== mine) continue;
    const at = start[p] as number;
    if (at <= began || at > (start[child] as number)) continue;
    if ((end[p] as number) + ROUNDING >= (end[child] as number)) return PASSED_OVER;
  }
  return 0;
}
