import { binomialUpper } from '../../compare/stats/binomial.ts';
import { sum } from '../../support/numbers.ts';
import { mapped } from '../rows.ts';
import { dispersionOverTime } from './dispersion-over-time.ts';
import { smoothedShare } from './measured.ts';
import type { Model } from './model.ts';
import type { Segment } from './segment.ts';

/** Zeros and ones in order of time. */
export interface Marks {
  readonly values: Float64Array;
  /** Unix ms */
  readonly times: Float64Array;
}

/** Rises of the log-odds that are looked for. */
const RISES = [0.8, 1.7, 3, 5] as const;
/** Chance that known-good traffic makes a share look smaller than it is. */
const RISK = 1e-3;
/** What all places together say of a share counts as so many known-good calls of one that has none of it. */
const BORROWED = 30;

/**
 * Calls of which more are marked than in known-good traffic: Bernoulli, against the upper bound
 * (Clopper & Pearson 1934) of the share there. `usual`: the share over all places.
 */
export function shareModel(good: Marks, bad: Marks, usual: number, leastRise: number): Model {
  const dispersion = dispersionOverTime(good.values, good.times);
  const marked = sum(good.values);
  const borrowed = marked === 0 ? BORROWED : 0;
  const n = good.values.length + borrowed;
  const before = (marked + borrowed * usual) / n;
  const most = Math.min(
    0.999,
    Math.max(
      1e-6,
      binomialUpper((marked + borrowed * usual) / dispersion, n / dispersion, 1 - RISK),
    ),
  );
  const odds = most / (1 - most);
  const against = (share: number, other: number) => () => {
    const some = Math.log(other / share) / dispersion;
    const none = Math.log((1 - other) / (1 - share)) / dispersion;
    return mapped(bad.values, (value) => (value > 0 ? some : none));
  };
  const shareIn = (segment: Segment) => smoothedShare(bad.values, segment);
  return {
    size: bad.values.length,
    times: bad.times,
    alternatives: RISES.map((rise) => {
      const raised = odds * Math.exp(rise);
      return against(most, raised / (1 + raised));
    }),
    fitted: (segment) => {
      const after = shareIn(segment);
      return after - before < leastRise || after <= most ? undefined : against(most, after)();
    },
    effect: (segment) => {
      const after = shareIn(segment);
      return Math.log(after / (1 - after)) - Math.log(odds);
    },
  };
}
