import { isNameless } from '../../../calls/workload.ts';
import { negativeBinomialLower } from '../../../compare/stats/negative-binomial.ts';
import { byCodeUnit } from '../../../support/json.ts';
import { grouped, iso } from '../../../support/quantity.ts';
import type { Situation } from '../../detector.ts';
import type { Quietness } from '../../learned/level.ts';
import type { Signal } from '../../signal.ts';
import { kflOf } from '../kfl.ts';
import type { Edge, Outlook, Seen } from './outlook.ts';
import { isForgotten, rolloutBehind } from './rolled-out.ts';
import { SILENCE } from './rules.ts';
import { type Rated, ratedOf } from './tally.ts';

const WINDOWS = [1, 3, 6] as const;
const CHANCE = 1e-6;
/** Of what is usual: so few calls are silence. */
const HARDLY = 0.1;
/** Usual calls of a slot from which an operation has steady traffic. */
const STEADY = 5;
/** Usual calls of a caller in a window from which on they say how many it would make. */
const TELLING = 5;

type Quiet = Extract<Rated, { kind: 'workload' | 'operation' }>;

interface Found extends Seen {
  readonly what: Quiet;
  readonly cells: number;
  /** With which rollout its calls ended, where the workload goes on; Unix ms. */
  readonly rollout?: number;
}

/** A silence, and all workloads that it is told of. */
export interface Silence {
  readonly signal: Signal;
  readonly workloads: readonly string[];
}

/**
 * Workloads, or single operations of them, that are usually called at this hour and are not: one silence a
 * workload, and one for all that is silent since one caller calls nobody any more.
 */
export function silent(situation: Situation<unknown>, outlook: Outlook): readonly Silence[] {
  const { view } = situation;
  if (view.problems.length > 0 || view.calls === 0) return [];
  const found: Found[] = [];
  for (const name of [...outlook.rates.keys()].sort(byCodeUnit)) {
    const what = ratedOf(name);
    if (what.kind !== 'workload' && what.kind !== 'operation') continue;
    if (!outlook.missed.has(what.workload)) continue;
    const quiet = quietOf(what, outlook);
    if (quiet) found.push(quiet);
  }
  const workloads = new Set(
    found.flatMap(({ what }) => (what.kind === 'workload' ? what.workload : [])),
  );
  const told = found.filter(
    ({ what }) => what.kind === 'workload' || !workloads.has(what.workload),
  );
  const stopped = new Map(told.map((one) => [one, stoppedCaller(one, outlook)]));
  const missed = told.flatMap((one): readonly Found[] => {
    if (one.what.kind !== 'operation' || stopped.get(one) !== undefined) return [one];
    const rollout = rolloutBehind(one.what, situation, outlook);
    if (rollout === undefined) return [one];
    return isForgotten(one.what, situation) ? [] : [{ ...one, rollout }];
  });
  const causes = Map.groupBy(missed, (one) =>
    JSON.stringify([stopped.get(one) ?? one.what.workload, one.rollout]),
  );
  return [...causes.values()].map((group) => {
    const caller = group.map((one) => stopped.get(one)).find((one) => one !== undefined);
    const signal = signalOf(group, situation);
    return {
      signal: caller === undefined ? signal : ofCaller(caller, signal, outlook),
      workloads: [...new Set(group.map(({ what }) => what.workload))],
    };
  });
}

function quietOf(what: Quiet, outlook: Outlook): Found | undefined {
  if (what.kind === 'operation' && (outlook.usual(what) < STEADY || outlook.isGivenUp(what)))
    return undefined;
  if (outlook.own(what) > HARDLY * outlook.usual(what) || outlook.nearQuietHour(what))
    return undefined;
  const quiet = outlook.quietness(what.workload);
  for (const cells of WINDOWS) {
    const seen = outlook.seen(what, cells);
    if (seen === undefined || seen.calls > HARDLY * seen.expected) continue;
    if (WINDOWS.length * seen.fewer >= CHANCE) continue;
    const left = Math.min(quiet.share, leftOf(what.workload, cells, outlook));
    if (left === 1) return { ...seen, what, cells };
    const fewer = outlook.fewer(what, cells, left, quiet.variation);
    if (seen.calls <= HARDLY * left * seen.expected && WINDOWS.length * fewer < CHANCE)
      return { ...seen, fewer, what, cells };
  }
  return what.kind === 'workload' ? longQuiet(what, quiet, outlook) : undefined;
}

/** On a quiet day it takes longer to be sure: all of the time with hardly a call counts. */
function longQuiet(
  what: Quiet,
  { share, variation, since }: Quietness,
  outlook: Outlook,
): Found | undefined {
  if (since === undefined) return undefined;
  const left = Math.min(share, leftOf(what.workload, WINDOWS[2], outlook));
  const calls = since.calls + outlook.own(what);
  const expected = since.usual + outlook.usual(what);
  const fewer = negativeBinomialLower(calls, left * expected, variation);
  if (calls > HARDLY * left * expected || WINDOWS.length * fewer >= CHANCE) return undefined;
  return { what, calls, expected, fewer, more: 1, cells: outlook.cellsSince(since.start) };
}

/**
 * Who made nearly all of the calls that are missing, and hardly makes any to others either, though there
 * still is something to take for who takes what others publish.
 */
function stoppedCaller({ what, cells }: Found, outlook: Outlook): string | undefined {
  const { workload } = what;
  const hardly = HARDLY * outlook.quietness(workload).share;
  return outlook.callersOf(workload).find((caller) => {
    const made: Rated =
      what.kind === 'operation'
        ? { kind: 'made', operation: what.operation, caller }
        : { kind: 'edge', workload, caller };
    if (outlook.usual(made) < (1 - HARDLY) * outlook.usual(what)) return false;
    const published = aliveOf(outlook.published(caller), cells, outlook);
    if (published !== undefined && published <= hardly) return false;
    const alive = aliveOf(othersOf(caller, workload, outlook), cells, outlook);
    return alive !== undefined && alive <= hardly;
  });
}

function othersOf(caller: string, workload: string, { edges }: Outlook): readonly Edge[] {
  return edges.filter((edge) => edge.caller === caller && edge.workload !== workload);
}

/**
 * Share (0…1) of its usual calls that a workload's callers would still make, by what they handle or what
 * else they call, the larger: a gateway may handle less for nothing but this silence.
 */
function leftOf(workload: string, cells: number, outlook: Outlook): number {
  const { share } = outlook.quietness(workload);
  let [usual, left] = [0, 0];
  for (const caller of outlook.callersOf(workload)) {
    const calls = outlook.usual({ kind: 'edge', workload, caller });
    const others = othersOf(caller, workload, outlook).filter(
      (edge) => !outlook.takesFrom(caller, edge.workload),
    );
    // No broker's silence explains itself.
    const work = outlook.work(caller).filter((one) => !isServedBy(workload, one));
    const handled = aliveOf(work, cells, outlook) ?? 1;
    const alive = Math.max(handled, aliveOf(others, cells, outlook) ?? 0);
    usual += calls;
    left += alive <= HARDLY * share ? 0 : alive * calls;
  }
  return usual === 0 ? 1 : left / usual;
}

function isServedBy(workload: string, rated: Rated): boolean {
  return 'workload' in rated && rated.workload === workload;
}

/** Share (0…1) of their usual calls that some have together; undefined where hardly any is usual. */
function aliveOf(rated: readonly Rated[], cells: number, outlook: Outlook): number | undefined {
  let [calls, expected] = [0, 0];
  for (const one of rated) {
    const seen = outlook.seen(one, cells);
    calls += seen?.calls ?? 0;
    expected += seen?.expected ?? 0;
  }
  return expected < TELLING ? undefined : Math.min(1, calls / expected);
}

/**
 * The silence of those that one caller no longer calls, as its own. Of a nameless one, as that of the first
 * by name that it calls much: the same from slot to slot.
 */
function ofCaller(caller: string, signal: Signal, outlook: Outlook): Signal {
  const summary = `${caller} hardly calls anybody any more: ${signal.summary}`;
  if (!isNameless(caller))
    return { ...signal, subject: { workload: caller }, summary, kfl: kflOf({ caller }) };
  const called = outlook.edges.filter((edge) => edge.caller === caller);
  const most = Math.max(0, ...called.map((edge) => outlook.usual(edge)));
  const first = called.find((edge) => outlook.usual(edge) >= HARDLY * most);
  const { workload } = first ?? signal.subject;
  return { ...signal, subject: { workload }, summary, kfl: kflOf({ callee: workload }) };
}

function signalOf(group: readonly Found[], { view, normal }: Situation<unknown>): Signal {
  const [lead] = group.toSorted((a, b) => b.expected - a.expected) as [Found];
  const { what, calls, expected, fewer, cells, rollout } = lead;
  const interval = view.slot.end - view.slot.start + 1;
  const name = what.kind === 'operation' ? what.operation : what.workload;
  const others = othersIn(group, lead);
  const usual = Math.round(expected);
  const made =
    rollout === undefined
      ? `${grouped(calls)} calls`
      : `no more calls since the rollout at ${iso(rollout)}`;
  return {
    rule: SILENCE.id,
    subject: {
      workload: what.workload,
      ...(what.kind === 'operation' && { operation: what.operation }),
    },
    ...(rollout !== undefined && { severity: 'warning' as const }),
    summary: `${name} is silent${others}: ${made} where ${grouped(usual)} are usual at this hour`,
    since: view.slot.start - (cells > 1 ? (cells - 1) * interval : 0),
    value: calls,
    expected,
    unit: 'calls',
    chance: WINDOWS.length * fewer,
    events: usual,
    evidence: [],
    kfl: kflOf({ callee: what.workload }),
    checked: `${grouped(calls)} calls of the last ${cells === 1 ? 'slot' : `${cells} slots`} against ${grouped(usual)} expected from the same hours (${normal.words}); others made ${grouped(view.calls)} calls meanwhile`,
  };
}

function othersIn(group: readonly Found[], { what: { workload } }: Found): string {
  if (group.length === 1) return '';
  const elsewhere = new Set(group.map(({ what }) => what.workload).filter((w) => w !== workload));
  return elsewhere.size === 0
    ? `, as are ${group.length - 1} more of its operations`
    : `, as is ${[...elsewhere].sort(byCodeUnit).join(', ')}`;
}
