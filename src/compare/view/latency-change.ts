import type { Sketch } from '../../profile/sketch.ts';
import { INTERVAL_LEVEL } from '../family-result.ts';
import { quantileInterval } from '../stats/quantile.ts';
import { rounded } from '../words.ts';

/** Buckets of a curve. */
const BUCKETS = 48;
/** Below this (ms) a latency counts as this: a logarithm needs something. */
const LEAST_MS = 0.01;

/** A quantile (ms) with the ends of its interval; null where the sample is too small to bound it. */
export type QuantileBounds = readonly [value: number, low: number | null, high: number | null];

/** The latencies of one side, ms. */
export interface LatencySide {
  readonly calls: number;
  readonly p50: QuantileBounds;
  readonly p95: QuantileBounds;
  readonly p99: QuantileBounds;
}

/** The latencies of an operation before and after, ms; a side without any is null. */
export interface LatencyChange {
  readonly baseline: LatencySide | null;
  readonly candidate: LatencySide | null;
  /** Confidence level of the intervals. */
  readonly level: number;
  /** How the calls are spread over equal steps of the logarithm between two latencies. */
  readonly curve: {
    readonly from: number;
    readonly to: number;
    readonly baseline: readonly number[];
    readonly candidate: readonly number[];
  };
}

/** How latencies are spread on both sides; undefined where neither tells any. */
export function latencyChange(base: Sketch, cand: Sketch): LatencyChange | undefined {
  const sides = [base, cand].filter(({ count }) => count > 0);
  if (sides.length === 0) return undefined;
  const lowest = Math.min(...sides.map((sketch) => sketch.atRank(1)));
  const highest = Math.max(...sides.map((sketch) => sketch.atRank(sketch.count)));
  // A little room on either side, so that even one value has a width.
  const from = rounded(Math.max(lowest, LEAST_MS) / 1.05);
  const to = rounded(Math.max(highest, LEAST_MS) * 1.05);
  return {
    baseline: sideOf(base),
    candidate: sideOf(cand),
    level: INTERVAL_LEVEL,
    curve: { from, to, baseline: countsOf(base, from, to), candidate: countsOf(cand, from, to) },
  };
}

function sideOf(sketch: Sketch): LatencySide | null {
  if (sketch.count === 0) return null;
  const bounds = (q: number): QuantileBounds => {
    const { low, high } = quantileInterval(sketch, q, INTERVAL_LEVEL);
    return [
      rounded(sketch.quantile(q)),
      low === null ? null : rounded(low),
      high === null ? null : rounded(high),
    ];
  };
  return { calls: sketch.count, p50: bounds(0.5), p95: bounds(0.95), p99: bounds(0.99) };
}

function countsOf(sketch: Sketch, from: number, to: number): number[] {
  const counts = new Array<number>(BUCKETS).fill(0);
  const step = Math.log(to / from) / BUCKETS;
  for (const [value, count] of sketch.entries()) {
    const bucket = Math.floor(Math.log(Math.max(value, from) / from) / step);
    (counts[Math.min(bucket, BUCKETS - 1)] as number) += count;
  }
  return counts;
}
