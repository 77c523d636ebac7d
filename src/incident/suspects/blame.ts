import type { UsualLatencies } from '../failures/troubled.ts';
import { type Blamed, BlamedWorkloads } from './blamed.ts';
import { type Carried, carriedOf } from './carried.ts';
import { endsOf } from './ends.ts';
import { type End, faultsOf } from './faults.ts';
import { gaveUpSooner } from './gave-up-sooner.ts';
import type { MissingCallees } from './missing-callees.ts';
import { rejectedAlone } from './rejected-alone.ts';
import type { Side } from './side.ts';
import type { Fault } from './silent-callee.ts';

/** Parts of the failing calls of which it can't be told whether the callee or the caller is at fault. */
const OF_CALLEE = 5 / 9;

export interface Blame {
  readonly workloads: ReadonlyMap<number, Blamed>;
  /** Calls that are waited for and fail, beyond what is usual. */
  readonly failed: number;
  readonly carried: ReadonlyMap<number, Carried>;
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
  const blamed = new BlamedWorkloads(bad);
  const sooner = gaveUpSooner(good.traffic, bad);
  const asksWrongly = rejectedAlone(good, bad);
  const ends = endsOf(good, bad, missing, troubled, usual);
  const faults = faultsOf(ends, missing.lacks, good, bad, rolledOut);
  for (const end of ends) {
    const { last, silent, late } = end;
    const callee = bad.traffic.callee[last] as number;
    const impatient = late ? undefined : sooner(last);
    if (late) blamed.give(end, callee, 1, last).late++;
    else if (impatient !== undefined) blameCaller(end, impatient, bad, blamed);
    else if (asksWrongly(last)) {
      const asks = blamed.give(end, bad.traffic.caller[last] as number, 1, last);
      asks.rejected++;
      asks.rejectedBy.add(bad.traffic.operation[last] as number);
    } else {
      const fault = silent ? faults.get(`${silent.callee} ${callee}`) : undefined;
      blameBelow(end, fault, lastChangedOf(end, fault, bad, changed), bad, blamed);
    }
  }
  const failed = ends.reduce((sum, { amount }) => sum + amount, 0);
  return { workloads: blamed.all, failed, carried: carriedOf(bad, troubled) };
}

/** The caller gives up sooner than it used to, as the call `shows`. */
function blameCaller(end: End, shows: number, { traffic }: Side, blamed: BlamedWorkloads): void {
  const caller = traffic.caller[end.last] as number;
  blamed.give(end, caller, 1, shows).impatient.add(traffic.operation[end.last] as number);
}

/** It failed itself, for a callee that went silent, or on the answer to its call `unusable` (none: −1). */
function blameBelow(
  end: End,
  fault: Fault | undefined,
  unusable: number,
  { traffic }: Side,
  blamed: BlamedWorkloads,
): void {
  const { last, silent } = end;
  const callee = traffic.callee[last] as number;
  if (silent && fault !== 'caller' && unusable < 0) {
    const part = fault === 'either' ? OF_CALLEE : 1;
    const unmade = blamed.give(end, silent.callee, part, last);
    unmade.unmade++;
    if (silent.until < Number.POSITIVE_INFINITY) unmade.pausing++;
    unmade.callers.add(callee);
    if (fault !== 'either') return;
    unmade.either.add(callee);
    unmade.undecided++;
    const before = blamed.give(end, callee, 1 - part, last);
    before.either.add(silent.callee);
    before.undecided++;
  } else if (unusable >= 0) {
    const other = blamed.give(end, traffic.callee[unusable] as number, 1, unusable);
    other.unusable++;
    other.callers.add(callee);
  } else {
    const itself = blamed.give(end, callee, 1, last);
    if (Number.isNaN(traffic.latency[last] as number)) itself.unanswered++;
  }
}

/** The last call below that answers in another form; only the very last where a callee went silent. */
function lastChangedOf(
  { last, silent }: End,
  fault: Fault | undefined,
  { traffic, tree }: Side,
  changed: ReadonlySet<number>,
): number {
  if (fault === 'callee') return -1;
  for (let i = (tree.first[last + 1] as number) - 1; i >= (tree.first[last] as number); i--) {
    const child = tree.child[i] as number;
    if (changed.has(traffic.operation[child] as number)) return child;
    if (silent) break;
  }
  return -1;
}
