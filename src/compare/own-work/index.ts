import type { OperationStats } from '../../profile/operation-stats.ts';
import { oneOfMany } from '../calls/alike-hosts.ts';
import type { Destinations } from '../calls/destinations.ts';
import { isLookup } from '../calls/lookup.ts';
import type { FamilyResult } from '../family-result.ts';
import type { Finding } from '../finding.ts';
import type { OperationPair, Pairing } from '../pairs.ts';
import type { Shown } from '../shown.ts';
import type { SideName, Sides } from '../sides.ts';
import { busySlots, slotsOf } from '../stretches.ts';
import {
  isAsset,
  isClocked,
  isOfEvents,
  isPerBatch,
  isTransaction,
  isWork,
} from '../work-kinds.ts';
import { clockedWork, goesByClock } from './clocked-work.ts';
import { cutRounds } from './cut-rounds.ts';
import { added, changed, missing } from './findings.ts';
import { isAnyTopic, messagesTaken } from './messages-taken.ts';
import {
  type AccountedCalls,
  type Beside,
  type CallsTo,
  callsByCaller,
  isOwn,
  isSteadilyOwn,
  NEARLY_ALL,
} from './own-calls.ts';
import { LEAST_EXPECTED } from './silence.ts';
import { silentWork } from './silent-work.ts';

/** Calls of one kind from which on work is judged. */
const LEAST = 20;
/** So much of a workload's calls to a callee must be on no known call's account. */
const ALONE = 0.5;
/** The same for what is only told: a poll that waits has most of what happens meanwhile linked to it. */
const SOME_ALONE = 0.1;
/** A clock may seem so much faster or slower. */
const SAME_PACE = 1.25;

/** What the work of all is judged by. */
interface Circumstances {
  readonly pairs: readonly OperationPair[];
  /** Whom the baseline's workloads call. */
  readonly known: Destinations;
  /** Slots of time that hold calls of anybody; `busy`: of those of the candidate the ones that hold many. */
  readonly slots: Sides<readonly number[]>;
  readonly busy: readonly number[];
  /** Who is called. */
  readonly servers: Sides<ReadonlySet<string>>;
  /** The candidate's time, and calls of all, by the baseline's. */
  readonly timeRatio: number;
  readonly load: number;
  readonly shown: Shown;
}

/** All that a workload calls, and the messages that it takes. */
interface Work {
  readonly workload: string;
  readonly mine: readonly CallsTo[];
  readonly taken: readonly Beside[];
}

/**
 * Work of consumers and relays that no handled call is known to have caused. A callee that is not
 * called any more is missing where what was done as often as it goes on; where nothing else shows
 * whether there was anything to do, that is told and not decided. Writes that are new, and calls that
 * are more or fewer for each of what is done as often, are told. Pages are judged by what they no longer
 * ask and by writes that are new; how often they ask is the user's doing too.
 */
export function compareOwnWork(
  pairing: Pick<Pairing, 'pairs' | 'background'>,
  known: Destinations,
  timeRatio: number,
  shown: Shown,
): FamilyResult {
  const { pairs } = pairing;
  const [base, cand] = [pairs.map((pair) => pair.base), pairs.map((pair) => pair.cand)];
  const slots = { base: slotsOf(base), cand: slotsOf(cand) };
  const among = {
    pairs,
    known,
    slots,
    busy: busySlots(cand, slots.cand),
    servers: { base: serversOf(pairs, 'base'), cand: serversOf(pairs, 'cand') },
    timeRatio,
    load: callsOf(cand) / Math.max(1, callsOf(base)),
    shown,
  };
  const findings = [...callsByCaller(pairing)].flatMap(([workload, mine]) =>
    judgeWork(workload, mine, among),
  );
  return { findings, notChecked: [] };
}

function judgeWork(
  workload: string,
  mine: readonly AccountedCalls[],
  among: Circumstances,
): Finding[] {
  const { pairs, slots, servers, timeRatio, shown } = among;
  const judged = (taken: readonly Beside[]) =>
    mine.flatMap((edge) => judgeEdge(edge, { workload, mine, taken }, among) ?? []);
  if (shown.isOfPages) return judged([]);
  const stopped = stoppedWork(workload, mine, among);
  if (stopped) return [stopped];
  const isThere = servers.cand.has(workload) || mine.some(({ cand }) => cand > 0);
  if (!isThere) return [];
  if (worksByItself(mine)) return judged(messagesTaken(workload, mine, pairs));
  return shown.namesByAddress ? [] : cutRounds(workload, mine, slots, timeRatio);
}

function stoppedWork(
  workload: string,
  mine: readonly AccountedCalls[],
  { slots, busy, servers, timeRatio, shown }: Circumstances,
): Finding | undefined {
  const silent = shown.showsEmptyLooks ? silentWork(workload, mine, slots, timeRatio) : undefined;
  if (silent || !servers.base.has(workload)) return silent;
  const byItself = mine.filter((edge) => isOwn(edge, 'base', NEARLY_ALL));
  // Where nobody asks for anything any more, what was asked at an even pace is not by the clock.
  return clockedWork(workload, byItself, { ...slots, cand: busy }, timeRatio);
}

function judgeEdge(
  edge: AccountedCalls,
  { workload, mine, taken }: Work,
  { known, slots, timeRatio, load, shown: { isOfPages } }: Circumstances,
): Finding | undefined {
  const { base, cand, alone, pair } = edge;
  if (isAnyTopic(edge, mine)) return undefined;
  const many = () => oneOfMany(workload, pair.operation, known);
  const events = () => eventsBeside(edge, mine);
  const isSteady = (side: SideName) => isSteadilyOwn(edge, side, ALONE, slots);
  if (base >= LEAST && cand === 0 && base * timeRatio >= LEAST_EXPECTED) {
    if (!isSteady('base') || (isOfPages && isAsset(pair))) return undefined;
    return missing(workload, edge, mine, [...events(), ...taken], timeRatio, many());
  }
  if (base === 0 && cand >= LEAST && pair.family.mutation) {
    return isSteady('cand') && called(mine, pair) ? added(workload, edge) : undefined;
  }
  if (isOfPages || Math.min(base, cand) < LEAST || isPerBatch(pair)) return undefined;
  if (!isOwn(edge, 'base', SOME_ALONE) || !isOwn(edge, 'cand', SOME_ALONE)) return undefined;
  const beside = changed(workload, edge, events(), load, many());
  if (beside || !isForMessages(edge, slots.base, timeRatio)) return beside;
  return changed(workload, { ...edge, ...alone }, taken, load, many());
}

/** What else a workload does when something comes. */
function eventsBeside(edge: CallsTo, mine: readonly CallsTo[]): Beside[] {
  return mine
    .filter((other) => other !== edge && isOfEvents(other.pair))
    .map(({ pair: { operation }, base, cand }) => ({ operation, base, cand, unit: 'calls' }));
}

/** Whether calls may be made for each message that is taken: neither all the time, nor by the clock. */
function isForMessages(edge: CallsTo, slots: readonly number[], timeRatio: number): boolean {
  const { pair, base, cand } = edge;
  if (isClocked(pair) || isLookup(pair.family) || isTransaction(pair.family.method)) {
    return false;
  }
  // Messages may come by the clock too: only what keeps its pace, however many there are, goes by it.
  const pace = cand / (base * timeRatio);
  return Math.max(pace, 1 / pace) > SAME_PACE || !goesByClock(edge, slots);
}

/** Others call by themselves because somebody asks them to: people, tests, what nobody saw. */
function worksByItself(mine: readonly CallsTo[]): boolean {
  return mine.some(({ pair, base }) => base > 0 && isWork(pair));
}

function called(mine: readonly CallsTo[], { family }: OperationPair): boolean {
  return mine.some(({ pair, base }) => base > 0 && pair.family.workload === family.workload);
}

function callsOf(operations: readonly OperationStats[]): number {
  return operations.reduce((sum, { count }) => sum + count, 0);
}

function serversOf(pairs: readonly OperationPair[], side: SideName): ReadonlySet<string> {
  return new Set(pairs.flatMap((pair) => (pair[side].count > 0 ? pair.family.workload : [])));
}
