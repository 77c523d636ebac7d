import { missingCallees } from './missing-callees.ts';
import type { Side } from './side.ts';

/** Failing calls that began with one workload. */
export interface Blamed {
  /** Calls that are waited for and fail because of it, beyond what is usual. */
  failed: number;
  /** … by the operation waited for. */
  readonly at: Map<number, number>;
  /** Where they end: the deepest failing call of each. */
  readonly rows: number[];
  /** Of those: without an answer, never made, and answered with something that the caller fails on. */
  unanswered: number;
  unmade: number;
  unusable: number;
  /** Its callers in the calls that were never made, or that fail on its answer. */
  readonly callers: Set<number>;
}

export interface Blame {
  readonly workloads: ReadonlyMap<number, Blamed>;
  /** Calls that are waited for and fail, beyond what is usual. */
  readonly failed: number;
  /** Troubled calls by workload, and those of them with a troubled call below. */
  readonly carried: ReadonlyMap<
    number,
    { calls: number; carried: number; through: Map<number, number> }
  >;
}

/**
 * Follows each failing call that is waited for down to the last failing call below it: it began with
 * who served that, or with a callee that went silent, or whose answers changed their form
 * (`changed`: operations) just before.
 */
export function blameOf(
  good: Side,
  bad: Side,
  troubled: Float64Array,
  changed: ReadonlySet<number>,
): Blame {
  const { traffic, tree, entry } = bad;
  const workloads = new Map<number, Blamed>();
  const missing = missingCallees(good, bad);
  let failed = 0;
  for (let row = 0; row < traffic.size; row++) {
    const amount = troubled[row] as number;
    if (amount === 0 || entry[row] !== row) continue;
    failed += amount;
    const last = deepest(row);
    const callee = traffic.callee[last] as number;
    const silent = missing(last);
    const unusable = silent < 0 ? lastChanged(last) : -1;
    const at = silent >= 0 ? silent : unusable >= 0 ? (traffic.callee[unusable] as number) : callee;
    const blamed = of(at);
    blamed.failed += amount;
    const waited = traffic.operation[row] as number;
    blamed.at.set(waited, (blamed.at.get(waited) ?? 0) + amount);
    blamed.rows.push(unusable >= 0 ? unusable : last);
    if (silent >= 0) blamed.unmade++;
    else if (unusable >= 0) blamed.unusable++;
    else if (Number.isNaN(traffic.latency[last] as number)) blamed.unanswered++;
    if (at !== callee) blamed.callers.add(callee);
  }
  return { workloads, failed, carried: carriedOf(bad, troubled) };

  function deepest(row: number): number {
    let at = row;
    for (let depth = 0; depth < 100; depth++) {
      let below = -1;
      for (let i = tree.first[at] as number; i < (tree.first[at + 1] as number); i++) {
        const child = tree.child[i] as number;
        if ((troubled[child] as number) > 0) below = child;
      }
      if (below < 0) return at;
      at = below;
    }
    return at;
  }

  /** The last call below that answers in another form than it used to. */
  function lastChanged(row: number): number {
    for (let i = (tree.first[row + 1] as number) - 1; i >= (tree.first[row] as number); i--) {
      const child = tree.child[i] as number;
      if (changed.has(traffic.operation[child] as number)) return child;
    }
    return -1;
  }

  function of(workload: number): Blamed {
    let blamed = workloads.get(workload);
    if (!blamed) {
      blamed = {
        failed: 0,
        at: new Map(),
        rows: [],
        unanswered: 0,
        unmade: 0,
        unusable: 0,
        callers: new Set(),
      };
      workloads.set(workload, blamed);
    }
    return blamed;
  }
}

function carriedOf({ traffic, tree }: Side, troubled: Float64Array): Blame['carried'] {
  const carried = new Map<
    number,
    { calls: number; carried: number; through: Map<number, number> }
  >();
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
