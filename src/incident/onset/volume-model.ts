import { spreadOf, sum } from '../../support/numbers.ts';
import { dispersionOverTime } from './dispersion-over-time.ts';
import { meanOf } from './measured.ts';
import { DOUBT, type Model } from './model.ts';
import type { Segment } from './segment.ts';

/** Counts of equally long cells of time. */
export interface Counts {
  readonly counts: Float64Array;
  /** Start of each cell, Unix ms. */
  readonly times: Float64Array;
}

/** Ratios of the rate that are looked for. */
const RATIOS = [0.05, 0.4, 0.65, 1.6, 2.5, 6] as const;
/** What a rate differs by anyway, as a part of it; and what is worth telling. */
const TOLERANCE = 0.2;
const LEAST_RATIO = 1.5;
/** Events that a cell without any stands for, so that a rate of nothing is a rate. */
const LEAST = 0.01;

/** Counts of another rate than in known-good traffic: Poisson, overdispersed as there. */
export function volumeModel(good: Counts, bad: Counts): Model {
  const { counts, times } = bad;
  const total = sum(good.counts);
  const cells = Math.max(1, good.counts.length);
  const before = Math.max(total / cells, LEAST);
  const independent = overdispersion(good.counts);
  const dispersion = independent * dispersionOverTime(good.counts, good.times);
  const doubt = Math.min(
    0.9,
    TOLERANCE + (DOUBT * Math.sqrt(dispersion * (total + 1))) / (total + 1),
  );
  const against = (ratio: number) => () => {
    const from = ratio > 1 ? before * (1 + doubt) : before * (1 - doubt);
    const to = ratio > 1 ? Math.max(before * ratio, from) : Math.min(before * ratio, from);
    const each = Math.log(to / from);
    return counts.map((count) => (count * each - (to - from)) / dispersion);
  };
  const ratioIn = ({ from, to }: Segment) => {
    return Math.max(meanOf(counts, { from, to }), LEAST) / before;
  };
  return {
    size: counts.length,
    times,
    alternatives: RATIOS.map((ratio) => against(ratio)),
    fitted: (segment) => {
      const ratio = ratioIn(segment);
      return Math.abs(Math.log(ratio)) < Math.log(LEAST_RATIO) ? undefined : against(ratio)();
    },
    effect: (segment) => Math.log(ratioIn(segment)),
  };
}

/** Variance of the counts in those of Poisson's, at least 1. */
function overdispersion(counts: Float64Array): number {
  const { mean, squares } = spreadOf(counts);
  if (counts.length < 5 || mean === 0) return 1;
  return Math.max(1, squares / (counts.length - 1) / mean);
}
