import { NO_RESPONSE } from '../../profile/operation-stats.ts';
import { type CompareOptions, FALSE_ALARMS, type FamilyResult } from '../family-result.ts';
import type { Finding } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import { asksForHealth } from '../probes.ts';
import { BURSTS } from '../stats/dispersion.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { smallest } from '../stats/smallest.ts';
import { hasPassed, stretchesOf } from '../stretches.ts';
import { type Thresholds, USUAL_THRESHOLDS } from '../thresholds.ts';
import { type ErrorTest, errorTests, withStatus } from './error-test.ts';
import { errorFinding } from './finding.ts';
import { type Hidden, hiddenStatuses } from './hidden-statuses.ts';

/** Fewer calls with a status never seen before don't break. */
export const NEW_STATUS_CALLS = 3;
/** Nor does a smaller share of the candidate's calls in bursts, which come and go by themselves. */
export const NEW_BURST_SHARE = 0.1;
/** A new status breaks where a hidden one would show so this seldom; up to the second it is undecided. */
const NEW_STATUS_CHANCE = 0.00005;
const UNDECIDED_CHANCE = 0.001;
/** Client errors move with a run's data: only so large a share breaks, or so many times as large a one. */
export const CLIENT_ERROR_SHARE = 0.1;
const CLIENT_ERROR_RATIO = 3;
/** Probes that fail so often, in bursts, are of pods that start and are not ready yet. */
const STARTING_SHARE = 0.5;
/** A smaller ratio of shares is not worth a finding. */
export const RATIO_FLOOR = 1.5;
/** A rise less likely than this is told, though it doesn't break; of clients' errors after correction. */
const TOLD = 0.05;
/** The same of calls that nobody was seen to answer. */
const UNANSWERED_CHANCE = 0.01;

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
  const tests = both.flatMap(errorTests);
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
  return { findings, notChecked: [] };
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
  return hasPassed(stretchesOf(pair.cand, withStatus(pair.cand, status)));
}

/** How likely a server error that was there all along shows so, though never before; 1: it may well. */
function chanceOfHidden(test: ErrorTest, hidden: Hidden, { newErrorShare }: Thresholds): number {
  const { pair, kind, status, cand, dispersion } = test;
  const worth = (count: number) => Math.round(count / dispersion);
  if (kind === 'client' || status === NO_RESPONSE || !isMuch(test)) return 1;
  if (worth(cand) < NEW_STATUS_CALLS || cand / pair.cand.count < newErrorShare) return 1;
  return hidden(pair.family.protocol)(worth(pair.base.count), worth(cand), worth(pair.cand.count));
}
