import type { UsualLatencies } from '../failures/troubled.ts';
import { toldInAnswer } from '../rejections.ts';
import { Ending } from '../traffic.ts';
import { type End, faultsOf } from './faults.ts';
import { gaveUpSooner } from './gave-up-sooner.ts';
import { lastTroubleOf } from './last-trouble.ts';
import type { MissingCallees } from './missing-callees.ts';
import type { Side } from './side.ts';

/** Failing calls that began with one workload. */
export interface Blamed {
  /** Calls that are waited for and fail because of it, beyond what is usual. */
  failed: number;
  /** … by the operation waited for. */
  readonly at: Map<number, number>;
  /** Where they end: the deepest failing call of each. */
  readonly rows: number[];
  /** Of those: without an answer, never made, answered with something that the caller fails on, and answered too late. */
  unanswered: number;
  unmade: number;
  unusable: number;
  late: number;
  /** Operations that it gives up on sooner than it used to. */
  readonly impatient: Set<number>;
  /** Its callers in the calls that were never made, or that fail on its answer. */
  readonly callers: Set<number>;
  /** All that may have begun with it, of which `failed` is its part, and with whom else it may: it fails before a call to it, or gets none from it. */
  requests: number;
  readonly either: Set<number>;
}

/** What a failing call that its caller copes with is to those who wait, in failing ones. */
const COPED = 0.2;

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
  missing: MissingCallees,
  troubled: Float64Array,
  changed: ReadonlySet<number>,
  rolledOut: (workload: number, since: number) => boolean,
  usual: UsualLatencies,
): Blame {
  const { traffic, tree } = bad;
  const workloads = new Map<number, Blamed>();
  const lastTrouble = lastTroubleOf(good, bad, troubled, usual);
  const sooner = gaveUpSooner(good.traffic, bad);
  let failed = 0;
  const ends: End[] = [];
  for (let row = 0; row < traffic.size; row++) {
    const part = feltOf(row);
    if (part === 0) continue;
    const amount = part * (troubled[row] as number);
    failed += amount;
    const { row: last, late = false } = lastTrouble(row);
    // Who rejects a call has not come to its own callees; who answers with an error may have.
    const rejects = traffic.ending[last] === Ending.rejected && !toldInAnswer(traffic, last);
    const silent = late || rejects ? undefined : missing.of(last);
    ends.push({ row, amount, last, late, ...(silent && { silent }) });
  }
  const faults = faultsOf(ends, missing.lacks, good, bad, rolledOut);
  for (const end of ends) {
    const { last, silent, late } = end;
    const callee = traffic.callee[last] as number;
    const impatient = late ? undefined : sooner(last);
    if (late || impatient !== undefined) {
      const blamed = give(
        end,
        late ? callee : (traffic.caller[last] as number),
        1,
        impatient ?? last,
      );
      if (late) blamed.late++;
      else blamed.impatient.add(traffic.operation[last] as number);
      continue;
    }
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

  /** Share of a failing call that counts: all where it is waited for, some where its caller copes with that. */
  function feltOf(row: number): number {
    if (troubled[row] === 0) return 0;
    if (bad.entry[row] === row) return 1;
    const parent = traffic.parent[row] as number;
    const copes = parent >= 0 && troubled[parent] === 0 && traffic.ending[parent] === Ending.fine;
    return copes && traffic.ending[row] !== Ending.rejected ? COPED : 0;
  }

  function give({ row, amount }: End, to: number, part: number, shows: number): Blamed {
    const blamed = of(to);
    blamed.failed += amount * part;
    blamed.requests += amount;
    const waited = traffic.operation[bad.entry[row] as number] as number;
    blamed.at.set(waited, (blamed.at.get(waited) ?? 0) + amount * part);
    blamed.rows.push(shows);
    return blamed;
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
        late: 0,
        impatient: new Set(),
        callers: new Set(),
        requests: 0,
        either: new Set(),
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
