import type { IncidentCase } from '../incident-case.ts';
import type { RowsBy } from '../rows-by.ts';
import type { Traffic } from '../traffic.ts';
import { firstUnmade, type UsualCallee } from './usual-callees.ts';

/** Failing calls that say something together. */
const LEAST_CALLS = 5;
/** A workload is out of reach where so little of the calls to it is left. */
const LEFT = 0.1;

/** A callee that calls which fail by themselves always called before, and now don't. */
export interface Unmade {
  readonly callee: UsualCallee;
  /** Rows of the calls without it. */
  readonly rows: readonly number[];
  /** Whether hardly anything from their workload gets to the callee's any more. */
  readonly outOfReach: boolean;
}

/** The first of an operation's usual callees that its failing calls don't get to, if any. */
export function unmadeCallee(
  rows: readonly number[],
  usual: readonly UsualCallee[],
  given: IncidentCase,
  made: RowsBy,
): Unmade | undefined {
  if (rows.length < LEAST_CALLS) return undefined;
  const unmade = firstUnmade(rows, usual, given.bad, made);
  if (!unmade) return undefined;
  const { callee, rows: without } = unmade;
  const [first] = without;
  const caller = given.bad.callee[first as number] as number;
  const { workload } = callee;
  const since = given.bad.ts[first as number] as number;
  const before = rateOf(given.good, caller, workload, given.good.start);
  const after = rateOf(given.bad, caller, workload, since);
  return { callee, rows: without, outOfReach: after <= LEFT * before };
}

/** Answered calls a ms from one workload to another since a moment. */
function rateOf(traffic: Traffic, caller: number, callee: number, since: number): number {
  let calls = 0;
  for (let row = 0; row < traffic.size; row++) {
    if ((traffic.ts[row] as number) < since || traffic.caller[row] !== caller) continue;
    if (traffic.callee[row] === callee && !Number.isNaN(traffic.latency[row])) calls++;
  }
  return calls / Math.max(1, traffic.end - since);
}

/** Whether others than one workload still get answers from another since a moment. */
export function othersReach(
  { bad }: IncidentCase,
  workload: number,
  except: number,
  since: number,
): boolean {
  for (let row = bad.size - 1; row >= 0 && (bad.ts[row] as number) >= since; row--)
    if (
      bad.callee[row] === workload &&
      bad.caller[row] !== except &&
      !Number.isNaN(bad.latency[row])
    )
      return true;
  return false;
}
