import type { Side } from './side.ts';

/** Troubled calls that a workload handled, and those of them with a troubled call below, by its callee. */
export interface Carried {
  calls: number;
  carried: number;
  readonly through: Map<number, number>;
}

/** By workload. */
export function carriedOf({ traffic, tree }: Side, troubled: Float64Array): Map<number, Carried> {
  const carried = new Map<number, Carried>();
  for (let row = 0; row < traffic.size; row++) {
    if (troubled[row] === 0 || tree.known[row] === 0) continue;
    const callee = traffic.callee[row] as number;
    const at = carried.get(callee) ?? { calls: 0, carried: 0, through: new Map() };
    carried.set(callee, at);
    at.calls++;
    let below = -1;
    for (let i = tree.first[row] as number; i < (tree.first[row + 1] as number); i++) {
      const child = tree.child[i] as number;
      if ((troubled[child] as number) > 0) below = traffic.callee[child] as number;
    }
    if (below < 0) continue;
    at.carried++;
    at.through.set(below, (at.through.get(below) ?? 0) + 1);
  }
  return carried;
}
