import { mapped } from '../rows.ts';
import { dispersionOverTime } from './dispersion-over-time.ts';
import { DOUBT, type Model } from './model.ts';
import type { Segment } from './segment.ts';

/** Values in order of time, as normal scores against known-good ones. */
export interface Scores {
  readonly scores: Float64Array;
  /** Unix ms */
  readonly times: Float64Array;
}

/** Shifts, in standard deviations of known-good values, that are looked for. */
const SHIFTS = [0.5, 1.2, 2.2, 3.2] as const;
/** What harmless runs differ by. */
const TOLERANCE = 0.15;

/**
 * Values that are larger, or smaller, than in known-good traffic, by their ranks among those: normal
 * scores (van der Waerden 1952) are standard normal where nothing changed, whatever the distribution.
 * `worth`: whether what a part shows is large enough to be told.
 */
export function levelModel(
  good: Scores,
  bad: Scores,
  worth: (segment: Segment, shift: number) => boolean,
): Model {
  const { scores, times } = bad;
  const dispersion = dispersionOverTime(good.scores, good.times);
  const usual = TOLERANCE + DOUBT * Math.sqrt(dispersion / Math.max(1, good.scores.length));
  const against = (shift: number) => () => {
    const sign = Math.sign(shift);
    const beyond = Math.abs(shift);
    return mapped(
      scores,
      (score) => (beyond * (sign * score - usual) - beyond ** 2 / 2) / dispersion,
    );
  };
  const shiftIn = ({ from, to }: Segment) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += scores[i] as number;
    return sum / (to - from);
  };
  return {
    size: scores.length,
    times,
    alternatives: SHIFTS.flatMap((shift) => [against(shift), against(-shift)]),
    fitted: (segment) => {
      const shift = shiftIn(segment);
      const beyond = Math.abs(shift) - usual;
      if (beyond <= 0 || !worth(segment, shift)) return undefined;
      return against(Math.sign(shift) * beyond)();
    },
    effect: shiftIn,
    burstsIn: ({ from, to }) =>
      Math.max(
        1,
        dispersionOverTime(scores.subarray(from, to), times.subarray(from, to), 1) / dispersion,
      ),
  };
}
