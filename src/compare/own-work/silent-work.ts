import { doubted } from '../doubt.ts';
import type { Finding } from '../finding.ts';
import type { Sides } from '../sides.ts';
import { silenceAfter, slotsOf } from '../stretches.ts';
import { isWork } from '../work-kinds.ts';
import { stopped } from './findings.ts';
import { type CallsTo, isOnlyCaller } from './own-calls.ts';
import { isLongSilence } from './silence.ts';

/** Looks for work from which on a workload is known by it. */
const LEAST = 20;
/** So much of the baseline's time a workload was at work that is always. */
const ALWAYS = 0.9;
const FEWEST_SLOTS = 8;

/**
 * A workload that looked for work all the time, whether there was any or not, and does so no more: not at
 * all, or not in the last quarter of the time or more. It is stopped, or hangs. Not where it can't be
 * told from others who look for the same work, nor a job that ran for a part of the baseline.
 */
export function silentWork(
  workload: string,
  mine: readonly CallsTo[],
  slots: Sides<readonly number[]>,
  timeRatio: number,
): Finding | undefined {
  const [look] = mine.filter(({ pair }) => isWork(pair)).sort((a, b) => b.base - a.base);
  if (!look || look.base < LEAST) return undefined;
  if (Math.min(slots.base.length, slots.cand.length) < FEWEST_SLOTS) return undefined;
  const own = mine
    .filter((edge) => isOnlyCaller(workload, edge, 'base'))
    .map(({ pair }) => pair.base);
  if (slotsOf(own).length < ALWAYS * slots.base.length) return undefined;
  const silence = silenceOf(workload, look, mine, slots.cand);
  if (!isLongSilence(silence, look.base * timeRatio * silence)) return undefined;
  const successor = successorOf(look);
  return doubted(
    stopped(workload, look, silence, {
      how: 'by itself',
      calls: 'calls',
      follows: ' It did so all the time, so it is stopped or hangs.',
    }),
    successor !== undefined && { words: `${successor} makes these calls instead.` },
  );
}

/**
 * The share (0…1) of the time, at its end, in which a workload does not look for work any more, nor calls
 * anybody else whom it alone calls.
 */
function silenceOf(
  workload: string,
  look: CallsTo,
  mine: readonly CallsTo[],
  slots: readonly number[],
): number {
  if (mine.every(({ cand }) => cand === 0)) return 1;
  if (!isOnlyCaller(workload, look, 'cand')) return 0;
  const own = mine
    .filter((edge) => isOnlyCaller(workload, edge, 'cand'))
    .map(({ pair }) => pair.cand);
  return silenceAfter(own, slots);
}

/** Who looks for the same work now, and did not before. */
function successorOf({ pair: { base, cand } }: CallsTo): string | undefined {
  return cand.callers.entries().find(([caller]) => base.callers.get(caller) === 0)?.[0];
}
