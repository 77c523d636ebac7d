import { spreadOf } from '../../support/numbers.ts';
import type { Finding } from '../finding.ts';
import { asksForHealth } from '../probes.ts';
import type { Sides } from '../sides.ts';
import { callsIn, silenceAfter } from '../stretches.ts';
import { stopped } from './findings.ts';
import { type CallsTo, isOnlyCaller } from './own-calls.ts';
import { isLongSilence, LEAST_EXPECTED } from './silence.ts';

/** A clock shows in so many slots of time that are whole, with so many calls in all. */
const FEWEST_SLOTS = 6;
const LEAST = 30;
/** So much of the variance of calls that come by chance, at most, is left of what a clock makes. */
const REGULAR = 0.1;

/**
 * Calls that a workload made by the clock through all of the baseline (a poll, a report, a sweep) and
 * no longer makes: they were due whatever is asked of the system. `mine`: what it calls by itself.
 */
export function clockedWork(
  workload: string,
  mine: readonly CallsTo[],
  slots: Sides<readonly number[]>,
  timeRatio: number,
): Finding | undefined {
  const silent = mine
    // Of an operation that others call too only that it is not called at all is known.
    .map((edge) => ({
      edge,
      silence: edge.cand === 0 ? 1 : silenceAfter([edge.pair.cand], slots.cand),
    }))
    .filter(
      ({ edge, silence }) =>
        isSilent(edge, silence, timeRatio) &&
        isOnlyCaller(workload, edge, 'base') &&
        !asksForHealth(edge.pair) &&
        goesByClock(edge, slots.base),
    )
    .sort((one, other) => other.edge.base - one.edge.base);
  const [first, ...others] = silent;
  if (!first || isReplaced(first.edge, mine, timeRatio)) return undefined;
  const more = others.length === 0 ? '' : ` So it is with ${others.length} more.`;
  return stopped(workload, first.edge, first.silence, {
    how: 'by the clock',
    calls: 'calls in even distances',
    follows: more,
  });
}

/** Whether calls that were due did not come, and came as before until then: no clock that goes slower. */
function isSilent({ base, cand }: CallsTo, silence: number, timeRatio: number): boolean {
  const due = base * timeRatio;
  return isLongSilence(silence, due * silence) && cand >= (due * (1 - silence)) / 2;
}

/** Whether the baseline's calls come evenly, by their index of dispersion (Cox & Lewis 1966). */
export function goesByClock({ pair, base }: CallsTo, slots: readonly number[]): boolean {
  // The first and the last are cut by the capture.
  const counts = slots.slice(1, -1).map((slot) => callsIn(pair.base, slot));
  if (counts.length < FEWEST_SLOTS || base < LEAST) return false;
  const { mean, squares } = spreadOf(counts);
  return squares / (counts.length - 1) <= REGULAR * mean;
}

/** Whether somebody else makes these calls now, or this workload others that it never made. */
function isReplaced(
  { pair, base, cand }: CallsTo,
  mine: readonly CallsTo[],
  timeRatio: number,
): boolean {
  const half = (base * Math.min(1, timeRatio)) / 2;
  // Who makes them instead may go by a slower clock; a call now and then is somebody else's.
  return (
    pair.cand.count - cand >= Math.min(half, LEAST_EXPECTED) ||
    mine.some((other) => other.base === 0 && other.cand >= half)
  );
}
