import { NO_RESPONSE, type OperationStats } from '../../profile/operation-stats.ts';
import { type CompareOptions, FALSE_ALARMS, type FamilyResult } from '../family-result.ts';
import type { Finding } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import { asksForHealth } from '../probes.ts';
import { BURSTS, dispersionOf } from '../stats/dispersion.ts';
import { fisherExactGreater } from '../stats/exact.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { smallest } from '../stats/smallest.ts';
import { hasPassed, stretchesOf } from '../stretches.ts';
import { type Thresholds, USUAL_THRESHOLDS } from '../thresholds.ts';
import { errorFinding } from './finding.ts';
import { type Hidden, hiddenStatuses } from './hidden-statuses.ts';
import { isNoSuchName, type StatusKind, statusKind } from './status-kind.ts';

/** Fewer calls with a status never seen before don't break. */
const NEW_STATUS_CALLS = 3;
/** Of an operation that the baseline has not, so many calls, and such a share, keep a verdict from PASS. */
const UNKNOWN_CALLS = 8;
const UNKNOWN_SHARE = 0.5;
/** …nor a smaller share of the candidate's calls, in bursts, which come and go by themselves. */
export const NEW_BURST_SHARE = 0.1;
/**
 * A status never seen before is news when one that was there all along would show so this seldom;
 * up to the second chance it is not called a break, but nothing that a PASS could be given beside.
 */
const NEW_STATUS_CHANCE = 0.00005;
const UNDECIDED_CHANCE = 0.001;
/**
 * A client error says what clients asked: its share moves with the data of a run more than chance
 * allows, so only this share of the calls makes one break that is new, or so many times as frequent.
 */
export const CLIENT_ERROR_SHARE = 0.1;
const CLIENT_ERROR_RATIO = 3;
/** Probes that fail so often, in bursts, are of pods that start and are not ready yet. */
const STARTING_SHARE = 0.5;
/** A smaller ratio of shares is not worth a finding. */
export const RATIO_FLOOR = 1.5;
/**
 * A rise that chance makes less often than this is told, though it doesn't break: of a server's errors at
 * one place, of a client's in a comparison.
 */
const TOLD = 0.05;
/** The same of calls that nobody was seen to answer. */
const UNANSWERED_CHANCE = 0.01;

/** One error status of one operation. */
export interface ErrorTest {
  readonly pair: OperationPair;
  readonly status: string;
  readonly kind: 'client' | 'server';
  readonly base: number;
  readonly cand: number;
  /** How many times the variance of independent calls the status's share has, over time or over subjects. */
  readonly dispersion: number;
  /** p-value of 'no larger share than before'; the same if calls failed independently. */
  readonly pValue: number;
  readonly independent: number;
}

/**
 * New error statuses, and error statuses that became more frequent, per operation. Fisher's exact
 * test on calls with and without the status, for errors in bursts on so many fewer calls, corrected
 * over all statuses of all operations. A status never seen before is weighed against how often
 * statuses hide at operations of this system.
 */
export function compareErrors(
  pairs: readonly OperationPair[],
  { thresholds = USUAL_THRESHOLDS }: Pick<CompareOptions, 'thresholds'>,
): FamilyResult {
  const both = pairs.filter(({ base, cand }) => base.count > 0 && cand.count > 0);
  const unknown = pairs.filter(({ base }) => base.count === 0);
  const tests = both.flatMap(testsOf);
  const adjusted = benjaminiHochberg(tests.map((test) => test.pValue));
  const hidden = hiddenStatuses(both);
  const findings = tests.flatMap((test, i): Finding[] => {
    const chance = adjusted[i] as number;
    const finding =
      test.base === 0
        ? judgeNew(test, chance <= FALSE_ALARMS, hidden, thresholds)
        : judgeRise(test, chance, thresholds);
    return finding ? [finding] : [];
  });
  const ofUnknown = unknown.flatMap(testsOf).flatMap((test) => judgeUnknown(test) ?? []);
  return { findings: [...findings, ...ofUnknown], notChecked: [] };
}

function testsOf(pair: OperationPair): ErrorTest[] {
  const base = new Map(pair.base.statuses);
  return pair.cand.statuses.flatMap(([status, { count: cand }]): ErrorTest[] => {
    const kind = kindOf(pair, status);
    if (kind !== 'client' && kind !== 'server') return [];
    const before = base.get(status)?.count ?? 0;
    const dispersion = Math.max(
      dispersionOf(stretchesOf(pair.base, named(pair.base, status))),
      dispersionOf(stretchesOf(pair.cand, named(pair.cand, status))),
      ...repeats(pair, status),
    );
    const worth = (count: number) => Math.round(count / dispersion);
    const pValue = fisherExactGreater(
      worth(cand),
      worth(pair.cand.count),
      worth(before),
      worth(pair.base.count),
    );
    const independent = fisherExactGreater(cand, pair.cand.count, before, pair.base.count);
    return [{ pair, status, kind, base: before, cand, dispersion, pValue, independent }];
  });
}

function kindOf({ family: { protocol } }: OperationPair, status: string): StatusKind {
  if (status === NO_RESPONSE) return 'server';
  return isNoSuchName(protocol, status) ? 'client' : statusKind(protocol, status);
}

/** Calls with a status for each subject that met it, of each side. */
function repeats({ base, cand, subjects }: OperationPair, status: string): number[] {
  if (!subjects) return [];
  return [base, cand]
    .flatMap((side) => named(side, status))
    .map(([, { count, response }]) => count / Math.min(count, response.subjects.size));
}

function named({ statuses }: OperationStats, status: string) {
  return statuses.filter(([name]) => name === status);
}

function judgeRise(
  test: ErrorTest,
  adjusted: number,
  { errorIncrease }: Thresholds,
): Finding | undefined {
  const { pair, base, cand, kind, independent } = test;
  const before = base / pair.base.count;
  const after = cand / pair.cand.count;
  // Of many operations some clients ask for what is not there more often than before.
  const chance = kind === 'server' ? independent : adjusted;
  if (after - before < errorIncrease || after < before * RATIO_FLOOR || chance > TOLD)
    return undefined;
  const much = after - before >= CLIENT_ERROR_SHARE && after >= before * CLIENT_ERROR_RATIO;
  const breaks = adjusted <= FALSE_ALARMS && (kind === 'server' || much) && !isStart(test);
  return errorFinding(test, 'error.rate-increased', breaks ? 'breaking' : 'warning');
}

function judgeNew(
  test: ErrorTest,
  significant: boolean,
  hidden: Hidden,
  thresholds: Thresholds,
): Finding | undefined {
  // A few are what captures lose; more than chance lets come are told.
  if (test.status === NO_RESPONSE && !significant && test.independent > UNANSWERED_CHANCE)
    return undefined;
  if (isStart(test)) return errorFinding(test, 'error.new-status', 'warning');
  // A client may ask for anything now and then.
  if (test.kind === 'client' && test.independent > TOLD) {
    return errorFinding(test, 'error.new-status', 'info');
  }
  const chance = significant && isMuch(test) ? 0 : chanceOfHidden(test, hidden, thresholds);
  const severity = chance <= NEW_STATUS_CHANCE ? 'breaking' : 'warning';
  const finding = errorFinding(test, 'error.new-status', severity);
  if (severity === 'breaking' || chance > UNDECIDED_CHANCE) return finding;
  return { ...finding, undecided: 'too few calls tell a new error from a rare one that was there' };
}

/** Of an operation that the baseline has not nobody knows whether it always failed so. */
function judgeUnknown(test: ErrorTest): Finding | undefined {
  const { pair, status, kind, cand } = test;
  if (kind !== 'server' || status === NO_RESPONSE || cand < NEW_STATUS_CALLS) return undefined;
  const finding = errorFinding(test, 'error.new-status', 'warning');
  if (cand < UNKNOWN_CALLS || cand < UNKNOWN_SHARE * pair.cand.count) return finding;
  return {
    ...finding,
    undecided: 'nothing tells a new error from one that was always there',
  };
}

/**
 * How many calls of an operation must fail by a server error never seen before for that to break;
 * undefined where no number does.
 */
export function smallestNewStatus(
  pairs: readonly OperationPair[],
  { newErrorShare }: Thresholds,
): (pair: OperationPair) => number | undefined {
  const hidden = hiddenStatuses(pairs);
  return ({ base, cand, family }) =>
    smallest(
      cand.count,
      (some) =>
        some >= NEW_STATUS_CALLS &&
        some / cand.count >= newErrorShare &&
        hidden(family.protocol)(base.count, some, cand.count) <= NEW_STATUS_CHANCE,
    );
}

/** Whether the share of a status never seen before can break at all. */
function isMuch({ pair, kind, cand, dispersion }: ErrorTest): boolean {
  const share = cand / pair.cand.count;
  if (kind === 'client') return share >= CLIENT_ERROR_SHARE;
  return dispersion < BURSTS || share >= NEW_BURST_SHARE;
}

/** Whether it is how pods that start answer probes: a rollout has such pods, most windows have none. */
function isStart({ pair, status, cand }: ErrorTest): boolean {
  if (!asksForHealth(pair) || cand > STARTING_SHARE * pair.cand.count) return false;
  return hasPassed(stretchesOf(pair.cand, named(pair.cand, status)));
}

/** How likely a server error that was there all along shows so, though never before; 1: it may well. */
function chanceOfHidden(test: ErrorTest, hidden: Hidden, { newErrorShare }: Thresholds): number {
  const { pair, kind, status, cand, dispersion } = test;
  const worth = (count: number) => Math.round(count / dispersion);
  if (kind === 'client' || status === NO_RESPONSE || !isMuch(test)) return 1;
  if (worth(cand) < NEW_STATUS_CALLS || cand / pair.cand.count < newErrorShare) return 1;
  return hidden(pair.family.protocol)(worth(pair.base.count), worth(cand), worth(pair.cand.count));
}
