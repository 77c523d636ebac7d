import { Ending } from '../traffic.ts';
import { missingCallees } from './missing-callees.ts';
import { takers } from './refused-connections.ts';
import type { Side } from './side.ts';
import { type Fault, faultOf, type Silent } from './silent-callee.ts';

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
  /** All that may have begun with it, of which `failed` is its part, and with whom else it may: it fails before a call to it, or gets none from it. */
  requests: number;
  readonly either: Set<number>;
}

/** Parts of the failing calls of which it can't be told whether the callee or the caller is at fault. */
const OF_CALLEE = 5 / 9;

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
  rolledOut: (workload: number, since: number) => boolean,
): Blame {
  const { traffic, tree, entry } = bad;
  const workloads = new Map<number, Blamed>();
  const missing = missingCallees(good, bad);
  const takesAll = takers(traffic);
  const known = new Set(good.traffic.operation);
  let failed = 0;
  const ends: End[] = [];
  for (let row = 0; row < traffic.size; row++) {
    const amount = troubled[row] as number;
    if (amount === 0 || entry[row] !== row) continue;
    failed += amount;
    const last = deepest(row);
    const silent = missing(last);
    ends.push({ row, amount, last, ...(silent && { silent }) });
  }
  const faults = faultsOf(ends, good, bad, rolledOut);
  for (const end of ends) {
    const { last, silent } = end;
    const callee = traffic.callee[last] as number;
    const fault = silent ? faults.get(`${silent.callee} ${callee}`) : undefined;
    // Who fails right behind an answer of another form doesn't get to what it would call next.
    const unusable = fault === 'callee' ? -1 : lastChanged(last, silent ? 'directly' : 'before');
    if (silent && fault !== 'caller' && unusable < 0) {
      const part = fault === 'either' ? OF_CALLEE : 1;
      const blamed = give(end, silent.callee, part, last);
      blamed.unmade++;
      blamed.callers.add(callee);
      if (fault !== 'either') continue;
      blamed.either.add(callee);
      give(end, callee, 1 - part, last).either.add(silent.callee);
      continue;
    }
    if (unusable >= 0) {
      const blamed = give(end, traffic.callee[unusable] as number, 1, unusable);
      blamed.unusable++;
      blamed.callers.add(callee);
      continue;
    }
    const blamed = give(end, callee, 1, last);
    if (Number.isNaN(traffic.latency[last] as number)) blamed.unanswered++;
  }
  return { workloads, failed, carried: carriedOf(bad, troubled) };

  function give({ row, amount }: End, to: number, part: number, shows: number): Blamed {
    const blamed = of(to);
    blamed.failed += amount * part;
    blamed.requests += amount;
    const waited = traffic.operation[row] as number;
    blamed.at.set(waited, (blamed.at.get(waited) ?? 0) + amount * part);
    blamed.rows.push(shows);
    return blamed;
  }

  function deepest(row: number): number {
    let at = row;
    for (let depth = 0; depth < 100; depth++) {
      let below = -1;
      for (let i = tree.first[at] as number; i < (tree.first[at + 1] as number); i++) {
        const child = tree.child[i] as number;
        if (isTroubled(child) && !takesAll(traffic, child)) below = child;
      }
      if (below < 0) return at;
      at = below;
    }
    return at;
  }

  /** Of an operation that is called anew it isn't known whether it always ends so: here it is called for one that fails. */
  function isTroubled(row: number): boolean {
    if ((troubled[row] as number) > 0) return true;
    return !known.has(traffic.operation[row] as number) && traffic.ending[row] === Ending.rejected;
  }

  /** The last call below that answers in another form than it used to: the last of all, or any before. */
  function lastChanged(row: number, where: 'directly' | 'before'): number {
    for (let i = (tree.first[row + 1] as number) - 1; i >= (tree.first[row] as number); i--) {
      const child = tree.child[i] as number;
      if (changed.has(traffic.operation[child] as number)) return child;
      if (where === 'directly') break;
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
        requests: 0,
        either: new Set(),
      };
      workloads.set(workload, blamed);
    }
    return blamed;
  }
}

interface End {
  /** Of the call that is waited for, and of the deepest failing one below. */
  readonly row: number;
  readonly last: number;
  readonly amount: number;
  readonly silent?: Silent;
}

/** Who is at fault, by silent callee and caller. */
function faultsOf(
  ends: readonly End[],
  good: Side,
  bad: Side,
  rolledOut: (workload: number, since: number) => boolean,
): Map<string, Fault> {
  const callers = new Map<number, Map<number, End[]>>();
  const all = new Map<number, number>();
  for (const end of ends) {
    const by = bad.traffic.callee[end.last] as number;
    all.set(by, (all.get(by) ?? 0) + 1);
    if (!end.silent) continue;
    const of = callers.get(end.silent.callee) ?? new Map<number, End[]>();
    callers.set(end.silent.callee, of);
    const those = of.get(by) ?? [];
    of.set(by, those);
    those.push(end);
  }
  const faults = new Map<string, Fault>();
  for (const [callee, of] of callers) {
    for (const [caller, those] of of) {
      const [first] = those;
      if (!first?.silent) continue;
      const others = [...of].filter(([by, { length }]) => by !== caller && length >= FEW).length;
      const rows = those.map(({ last }) => last);
      const elsewhere = those.length < MOSTLY * (all.get(caller) ?? 0);
      const forCaller = elsewhere || rolledOut(caller, first.silent.since);
      faults.set(
        `${callee} ${caller}`,
        faultOf(first.silent, caller, rows, others, forCaller, good, bad),
      );
    }
  }
  return faults;
}

/** Failing calls by which another caller misses a callee as well. */
const FEW = 3;
/** Share of what a caller fails in that a silent callee must account for. */
const MOSTLY = 0.75;

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
