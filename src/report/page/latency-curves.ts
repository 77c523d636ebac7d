import type { LatencyChange } from '../../compare/view/latency-change.ts';
import { sum } from '../../support/numbers.ts';

/** A point of a curve: a latency (ms) and what is drawn above it, 0…1. */
export type Point = readonly [ms: number, height: number];

/** Weights of neighbours: few calls make a ragged line that says nothing. */
const KERNEL = [1, 4, 6, 4, 1];

/** How often each latency is, smoothed; both sides by the same scale, the highest point at 1. */
export function densities({ curve }: LatencyChange): readonly [Point[], Point[]] {
  const before = smoothed(sharesOf(curve.baseline));
  const after = smoothed(sharesOf(curve.candidate));
  const most = Math.max(...before, ...after) || 1;
  const points = (shares: readonly number[]) =>
    shares.map((share, i): Point => [middle(curve, i), share / most]);
  return [points(before), points(after)];
}

/** The share of the calls that took longer than each latency. */
export function slowerThan({ curve }: LatencyChange): readonly [Point[], Point[]] {
  const points = (counts: readonly number[]) => {
    let left = sum(counts);
    const all = left || 1;
    const steps: Point[] = [[curve.from, left / all]];
    counts.forEach((count, i) => {
      left -= count;
      steps.push([edge(curve, i + 1), left / all]);
    });
    return steps;
  };
  return [points(curve.baseline), points(curve.candidate)];
}

function sharesOf(counts: readonly number[]): number[] {
  const all = sum(counts) || 1;
  return counts.map((count) => count / all);
}

function smoothed(shares: readonly number[]): number[] {
  const reach = (KERNEL.length - 1) / 2;
  return shares.map((_, i) => {
    let height = 0;
    let weights = 0;
    KERNEL.forEach((weight, k) => {
      const share = shares[i + k - reach];
      if (share === undefined) return;
      height += share * weight;
      weights += weight;
    });
    return height / weights;
  });
}

function middle(curve: LatencyChange['curve'], bucket: number): number {
  return edge(curve, bucket + 0.5);
}

function edge({ from, to, baseline }: LatencyChange['curve'], bucket: number): number {
  return from * (to / from) ** (bucket / baseline.length);
}
