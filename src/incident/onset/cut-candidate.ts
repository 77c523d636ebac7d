import type { Reading } from '../reading/reading.ts';
import { mapped } from '../rows.ts';
import type { CutSeries } from './cut-series.ts';
import { dispersionOverTime } from './dispersion-over-time.ts';
import { widestExcursion } from './excursion.ts';
import { meanOf, smoothedShare } from './measured.ts';
import { type Moment, momentOf } from './moment.ts';
import { normalScores } from './normal-score.ts';
import { UNEVEN } from './surroundings.ts';

/** A lasting change for the worse, as one series shows it. */
export interface CutCandidate {
  readonly moment: Moment;
  /** Probability of as much without any change. */
  readonly chance: number;
  /** Too large to be a busy machine's doing. */
  readonly plain: boolean;
}

/** A change holds on for so long (ms), and for so much of the capture. */
const LEAST_MS = 5_000;
const LEAST_PART = 0.03;
/** Calls before and after that a change needs. */
const LEAST_CALLS = 8;
/** Rise of a share, and of its odds. */
const LEAST_RISE = 0.02;
const LEAST_ODDS = 2;
/** Ratios of the latencies' geometric means. */
const LEAST_RATIO = 1.5;
const PLAIN_RATIO = 2.5;

/** The change that a series shows, if any: large enough, and not one that passes at once. */
export function candidateOf(series: CutSeries, { start, end }: Reading): CutCandidate | undefined {
  const { times } = series;
  const values =
    series.measure === 'share'
      ? series.values
      : normalScores(series.values, series.values.toSorted());
  const excursion = widestExcursion(values);
  const { start: first, end: last } = excursion;
  if (first < LEAST_CALLS || last - first < LEAST_CALLS) return undefined;
  const lasted = (times[last - 1] as number) - (times[first] as number);
  if (lasted < Math.max(LEAST_MS, (end - start) * LEAST_PART)) return undefined;
  const size = sizeOf(series, first, last);
  if (size === 'small') return undefined;
  const dispersion = Math.max(
    dispersionOverTime(values.subarray(0, first), times.subarray(0, first)),
    series.measure === 'share'
      ? 1
      : dispersionOverTime(values.subarray(first, last), times.subarray(first, last), 1),
  );
  const gains = gainsOf(series, values, first, last).map((gain) => gain / dispersion);
  return {
    moment: momentOf(gains, times, { from: 0, to: last, start }),
    chance: excursion.chance(dispersion),
    plain: size === 'plain',
  };
}

function sizeOf(
  { measure, values, everywhere }: CutSeries,
  first: number,
  last: number,
): 'small' | 'noticeable' | 'plain' {
  const [before, after] = [
    meanOf(values, { from: 0, to: first }),
    meanOf(values, { from: first, to: last }),
  ];
  if (measure === 'share') {
    const odds = (after * (1 - before)) / Math.max(before * (1 - after), 1e-9);
    return after - before >= LEAST_RISE && odds >= LEAST_ODDS ? 'plain' : 'small';
  }
  const unlike = Math.abs(
    meanOf(everywhere, { from: first, to: last }) - meanOf(everywhere, { from: 0, to: first }),
  );
  const rise = after - before - unlike * UNEVEN;
  if (rise < Math.log(LEAST_RATIO)) return 'small';
  return rise < Math.log(PLAIN_RATIO) ? 'noticeable' : 'plain';
}

/** What each call says for the second kind and against the first. */
function gainsOf(
  { measure }: CutSeries,
  values: Float64Array,
  first: number,
  last: number,
): Float64Array {
  if (measure === 'share') {
    const before = smoothedShare(values, { from: 0, to: first });
    const after = smoothedShare(values, { from: first, to: last });
    const some = Math.log(after / before);
    const none = Math.log((1 - after) / (1 - before));
    return mapped(values, (value) => (value > 0 ? some : none));
  }
  const [before, after] = [
    meanOf(values, { from: 0, to: first }),
    meanOf(values, { from: first, to: last }),
  ];
  const spread = Math.max(
    0.05,
    (variance(values, 0, first, before) + variance(values, first, last, after)) / 2,
  );
  return mapped(values, (value) => ((after - before) * (value - (before + after) / 2)) / spread);
}

function variance(values: Float64Array, from: number, to: number, centre: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += ((values[i] as number) - centre) ** 2;
  return sum / (to - from);
}
