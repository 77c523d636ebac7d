import type { Sketch } from '../../profile/sketch.ts';
import { FALSE_ALARMS } from '../family-result.ts';
import type { Sides } from '../sides.ts';
import { normalOfT } from '../stats/clustered.ts';
import { dispersionOf, type Stretch } from '../stats/dispersion.ts';
import type { Environment } from '../stats/environment.ts';
import { fisherExactGreater } from '../stats/exact.ts';
import { normalUpperTail } from '../stats/normal.ts';
import type { Latencies } from './finding.ts';
import { chanceAbove, type Lots, shiftByLots } from './lots.ts';

/** Three tests of the same latencies go together: the family may err so much oftener than others. */
export const LATENCY_FALSE_ALARMS = 2 * FALSE_ALARMS;
/** Deviations of what operations move by between runs that the tail may have moved as a whole. */
const TAIL_DEVIATIONS = 2;
/** So many times the baseline's P95 is far. */
const OUTLIER = 2;
/** Standard errors by which latencies must have grown at all. */
const GROWN = 2.5;

/** The latencies of an operation, by slots of time, and by what the calls are about. */
export interface Timed extends Latencies {
  readonly lots: Lots | undefined;
  readonly slots: Sides<readonly Sketch[]>;
}

/** Each gives a p-value. */
export const LATENCY_TESTS = [shiftTest, tailTest, outlierTest] as const;

/**
 * Whether they grew by more than everything did; and by themselves, for where everything got faster, what
 * waits for a timer or another machine did not.
 */
function shiftTest({ base, cand, lots }: Timed, environment: Environment): number {
  const { mean, variance, freedom } = shiftByLots(base, cand, lots);
  if (mean < GROWN * Math.sqrt(variance)) return 1;
  const all = variance + environment.spread ** 2 + environment.variance;
  const deviations = (mean - environment.shift) / Math.sqrt(all);
  // Of all that variance only the first part is an estimate (Satterthwaite 1946).
  const sure = freedom * (all / variance) ** 2;
  // Two-sided, though a fall is no finding: runs drift by more than their variance shows, and most
  // false alarms came of this test.
  return Math.min(1, 2 * normalUpperTail(normalOfT(deviations, sure)));
}

/**
 * p-value of 'no larger share of the candidate's calls lies above the baseline's P95'; slow calls in
 * bursts are worth so many fewer, and several about one thing may be one case.
 */
function tailTest(sides: Timed, { shift, spread }: Environment): number {
  const before = sides.base.quantile(0.95);
  return aboveTest(sides, before, before * Math.exp(Math.max(0, shift) + TAIL_DEVIATIONS * spread));
}

/** The same of what took far longer than the baseline's P95: a tail that was not there at all. */
export function outlierTest(sides: Timed, { shift }: Environment): number {
  const far = OUTLIER * sides.base.quantile(0.95);
  return aboveTest(sides, far, far * Math.exp(Math.max(0, shift)));
}

function aboveTest({ base, cand, slots, lots }: Timed, before: number, after: number): number {
  const dispersion = Math.max(
    dispersionOf(stretchesAbove(slots.base, before)),
    dispersionOf(stretchesAbove(slots.cand, after)),
  );
  const worth = (count: number) => Math.round(count / dispersion);
  const byCalls = fisherExactGreater(
    { some: worth(cand.countAbove(after)), all: worth(cand.count) },
    { some: worth(base.countAbove(before)), all: worth(base.count) },
  );
  return Math.max(byCalls, chanceAbove(lots, { base: before, cand: after }));
}

function stretchesAbove(slots: readonly Sketch[], threshold: number): Stretch[] {
  return slots.map((slot) => ({ some: slot.countAbove(threshold), all: slot.count }));
}
