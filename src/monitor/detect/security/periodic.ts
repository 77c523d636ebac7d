import { median, quantile } from '../../../support/numbers.ts';
import type { Beat, Series } from './beats.ts';

const LEAST_BEATS = 10;
const LEAST_SPAN_MS = 45 * 60_000;
const LEAST_PERIOD_MS = 5_000;
const MAX_PERIOD_MS = 20 * 60_000;
/** Calls closer than this are one beat. */
const ONE_BEAT_MS = 2_000;
/** Of the period; malware adds a fifth at most so as not to be late. */
const MAX_SPREAD = 0.2;
const MAX_SKEW = 0.5;
const MAX_SIZE = 16_384;
const MAX_SIZE_SPREAD = 0.25;
/** Gaps of more periods than one: an interval that was not seen, or a beat that failed. */
const MAX_OUTLIERS = 0.15;

export interface Period {
  /** ms */
  readonly period: number;
  /** Median absolute deviation of the gaps, of the period. */
  readonly spread: number;
  readonly beats: number;
  readonly since: number;
}

/** Calls at once as one beat: their first moment, and their bytes together. */
export function beatsOf(calls: readonly Beat[]): Beat[] {
  const beats: Beat[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [ts, size] of calls) {
    const before = beats.at(-1);
    if (before && ts - last < ONE_BEAT_MS) beats[beats.length - 1] = [before[0], before[1] + size];
    else beats.push([ts, size]);
    last = ts;
  }
  return beats;
}

/**
 * The period of a beacon, or undefined: gaps whose median absolute deviation is small against their
 * median and which are not skewed (Bowley), and alike, small sizes; as RITA scores beacons (Active
 * Countermeasures).
 */
export function periodOf({ beats, since }: Series): Period | undefined {
  if (beats.length < LEAST_BEATS) return undefined;
  const gaps = beats.slice(1).map(([ts], i) => ts - (beats[i] as Beat)[0]);
  const period = median(gaps);
  if (period < LEAST_PERIOD_MS || period > MAX_PERIOD_MS) return undefined;
  if ((beats.at(-1) as Beat)[0] - since < LEAST_SPAN_MS) return undefined;
  const spread = deviation(gaps, period) / period;
  const outliers = gaps.filter((gap) => Math.abs(gap - period) > period / 2).length;
  const sizes = beats.map(([, size]) => size);
  const size = median(sizes);
  const alike = size === 0 || deviation(sizes, size) <= MAX_SIZE_SPREAD * size;
  if (spread > MAX_SPREAD || outliers > MAX_OUTLIERS * gaps.length) return undefined;
  if (Math.abs(skew(gaps)) > MAX_SKEW && spread > 0.05) return undefined;
  if (size > MAX_SIZE || !alike) return undefined;
  return { period, spread, beats: beats.length, since };
}

function deviation(values: readonly number[], middle: number): number {
  return median(values.map((value) => Math.abs(value - middle)));
}

/** Bowley's: 0 for a symmetric distribution, ±1 at most. */
function skew(values: readonly number[]): number {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((q) => quantile(values, q)) as [
    number,
    number,
    number,
  ];
  return high === low ? 0 : (high + low - 2 * middle) / (high - low);
}
