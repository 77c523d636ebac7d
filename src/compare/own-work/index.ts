import { workloadOf } from '../../calls/operation.ts';
import { oneOfMany } from '../calls/alike-hosts.ts';
import { callsAlone } from '../calls/background.ts';
import type { Destinations } from '../calls/destinations.ts';
import { isLookup } from '../calls/lookup.ts';
import type { Doubt } from '../doubt.ts';
import type { FamilyResult } from '../family-result.ts';
import type { Finding } from '../finding.ts';
import type { OperationPair, Pairing } from '../pairs.ts';
import type { Shown } from '../shown.ts';
import type { SideName, Sides } from '../sides.ts';
import { busySlots, slotsOf, spanOf } from '../stretches.ts';
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
import { type Beside, type CallsTo, callsByCaller } from './own-calls.ts';
import { LEAST_EXPECTED } from './silence.ts';
import { silentWork } from './silent-work.ts';

/** Calls of one kind from which on work is judged. */
const LEAST = 20;
/** So much of a workload's calls to a callee must be on no known call's account. */
const ALONE = 0.5;
/** The same where it is said to go by the clock. */
const NEARLY_ALL = 0.9;
/** The same for what is only told: a poll that waits has most of what happens meanwhile linked to it. */
const SOME_ALONE = 0.1;
/** Of the time with calls, what lies within less is a job by the clock, or a moment. */
const SPREAD = 0.5;
/** A clock may seem so much faster or slower. */
const SAME_PACE = 1.25;

/**
 * Work of consumers and relays that no handled call is known to have caused. A callee that is not
 * called any more is missing where what was done as often as it goes on; where nothing else shows
 * whether there was anything to do, that is told and not decided. Writes that are new, and calls that
 * are more or fewer for each of what is done as often, are told. Pages are judged by what they no longer
 * ask and by writes that are new; how often they ask is the user's doing too.
 */
export function compareOwnWork(
  { pairs, background }: Pairing,
  known: Destinations,
  timeRatio: number,
  { isOfPages, namesByAddress, showsEmptyLooks }: Shown,
): FamilyResult {
  const handles = new Set(
    pairs.filter(({ cand }) => cand.count > 0).map(({ operation }) => workloadOf(operation)),
  );
  const serves = new Set(
    pairs.flatMap(({ base, family }) => (base.count > 0 ? family.workload : [])),
  );
  const slots = {
    base: slotsOf(pairs.map(({ base }) => base)),
    cand: slotsOf(pairs.map(({ cand }) => cand)),
  };
  // Where nobody asks for anything any more, what was asked at an even pace is not by the clock.
  const busy = busySlots(
    pairs.map(({ cand }) => cand),
    slots.cand,
  );
  const load = callsOf(pairs, 'cand') / Math.max(1, callsOf(pairs, 'base'));
  const judge = (workload: string, mine: readonly CallsTo[], taken: readonly Beside[]) =>
    mine.flatMap((edge) => {
      const { operation } = edge.pair;
      const alone = callsAlone(background, workload, operation);
      const many = () => oneOfMany(workload, operation, known);
      const seen = { workload, edge, alone, mine, taken, many, slots, timeRatio, load, isOfPages };
      return judgeEdge(seen) ?? [];
    });
  const findings = [...callsByCaller(pairs)].flatMap(([workload, mine]): Finding[] => {
    if (isOfPages) return judge(workload, mine, []);
    const silent = showsEmptyLooks ? silentWork(workload, mine, slots, timeRatio) : undefined;
    const stopped = silent ?? clocked(workload, mine);
    if (stopped) return [stopped];
    if (!isThere(workload, mine)) return [];
    if (!worksByItself(mine)) {
      const isOwn = (edge: CallsTo, side: SideName) => isOwnAllTheTime(workload, edge, side);
      return namesByAddress ? [] : cutRounds(workload, mine, timeRatio, isOwn);
    }
    return judge(workload, mine, messagesTaken(workload, mine, pairs));
  });
  return { findings, notChecked: [] };

  function isThere(workload: string, mine: readonly CallsTo[]): boolean {
    return handles.has(workload) || mine.some(({ cand }) => cand > 0);
  }

  function isOwnAllTheTime(workload: string, edge: CallsTo, side: SideName): boolean {
    const alone = callsAlone(background, workload, edge.pair.operation)[side];
    return alone >= NEARLY_ALL * edge[side] && spanOf(edge.pair[side], slots[side]) >= SPREAD;
  }

  function clocked(workload: string, mine: readonly CallsTo[]): Finding | undefined {
    if (!serves.has(workload)) return undefined;
    const byItself = mine.filter(
      ({ pair, base }) =>
        callsAlone(background, workload, pair.operation).base >= NEARLY_ALL * base,
    );
    return clockedWork(workload, byItself, { ...slots, cand: busy }, timeRatio);
  }
}

/** What a workload's calls of one operation are judged by. */
interface Seen {
  readonly workload: string;
  readonly edge: CallsTo;
  /** Those of the calls that are on no known call's account. */
  readonly alone: Sides<number>;
  /** All that it calls, and the messages that it takes. */
  readonly mine: readonly CallsTo[];
  readonly taken: readonly Beside[];
  readonly many: () => Doubt | undefined;
  /** Slots of time that hold calls of anybody. */
  readonly slots: Sides<readonly number[]>;
  /** The candidate's time, and calls of all, by the baseline's. */
  readonly timeRatio: number;
  readonly load: number;
  readonly isOfPages: boolean;
}

function judgeEdge(seen: Seen): Finding | undefined {
  const { workload, edge, alone, mine, taken, many, slots, timeRatio, load, isOfPages } = seen;
  const { base, cand, pair } = edge;
  const isAlone = (side: SideName, share: number) => alone[side] >= share * edge[side];
  const isSteady = (side: SideName) =>
    isAlone(side, ALONE) && spanOf(pair[side], slots[side]) >= SPREAD;
  const events = () => eventsBeside(edge, mine);
  if (isAnyTopic(edge, mine)) return undefined;
  if (base >= LEAST && cand === 0 && base * timeRatio >= LEAST_EXPECTED) {
    if (!isSteady('base') || (isOfPages && isAsset(pair))) return undefined;
    return missing(workload, edge, mine, [...events(), ...taken], timeRatio, many());
  }
  if (base === 0 && cand >= LEAST && pair.family.mutation) {
    return isSteady('cand') && called(mine, pair) ? added(workload, edge) : undefined;
  }
  if (isOfPages || Math.min(base, cand) < LEAST || isPerBatch(pair)) return undefined;
  if (!isAlone('base', SOME_ALONE) || !isAlone('cand', SOME_ALONE)) return undefined;
  const beside = changed(workload, edge, events(), load, many());
  if (beside || !isForMessages(edge, slots.base, timeRatio)) return beside;
  return changed(workload, { pair, ...alone }, taken, load, many());
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

function callsOf(pairs: readonly OperationPair[], side: SideName): number {
  return pairs.reduce((sum, pair) => sum + pair[side].count, 0);
}
