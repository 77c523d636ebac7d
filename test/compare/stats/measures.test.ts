import { describe, expect, it } from 'vitest';
import {
  differenceInterval,
  rateOf,
  rateShift,
  rateTest,
  ratioInterval,
} from '../../../src/compare/stats/call-rate.ts';
import { environmentOf } from '../../../src/compare/stats/environment.ts';
import { logLocation, logShift } from '../../../src/compare/stats/location.ts';
import { quantileInterval, quantileRatioInterval } from '../../../src/compare/stats/quantile.ts';
import { trendOf } from '../../../src/compare/stats/trend.ts';
import { Sketch } from '../../../src/profile/sketch.ts';

const sketchOf = (...values: readonly number[]) => {
  const sketch = new Sketch();
  for (const value of values) sketch.add(value);
  return sketch;
};
const upTo = (n: number, times = 1) =>
  sketchOf(...Array.from({ length: n }, (_, i) => (i + 1) * times));

describe('a quantile', () => {
  it('lies between ranks q·n ± z·√(n·q·(1 − q))', () => {
    // n 100, q 0.5: 50 ± 9.8, so ranks 40 and 61; q 0.95: 95 ± 4.27, so ranks 90 and none.
    const half = quantileInterval(upTo(100), 0.5, 0.95);
    expect(Math.abs((half.low ?? 0) - 40)).toBeLessThan(0.5);
    expect(Math.abs((half.high ?? 0) - 61)).toBeLessThan(0.7);
    const tail = quantileInterval(upTo(100), 0.95, 0.95);
    expect(tail.low).toBeCloseTo(90, -1);
    expect([tail.high, tail.level]).toEqual([null, 0.95]);
    expect(quantileInterval(upTo(9), 0.1, 0.95).low).toBeNull();
  });

  it('has a ratio as far as both sides bound it', () => {
    const { low, high, level } = quantileRatioInterval(upTo(400), upTo(400, 3), 0.5, 0.95);
    expect(level).toBe(0.95);
    expect(low).toBeGreaterThan(2.2);
    expect(low).toBeLessThan(2.6);
    expect(high).toBeGreaterThan(3.4);
    expect(high).toBeLessThan(4);
    const few = quantileRatioInterval(upTo(5), upTo(400), 0.5, 0.95);
    expect([few.low, few.high]).toEqual([null, null]);
    const zero = quantileRatioInterval(sketchOf(...Array(400).fill(0)), upTo(400), 0.5, 0.95);
    expect([zero.low, zero.high]).toEqual([null, null]);
  });
});

describe('logarithms of latencies', () => {
  it('have a mean and its squared standard error', () => {
    const { mean, variance } = logLocation(sketchOf(10, 20, 40, 80));
    expect(mean).toBeCloseTo(Math.log(10) + 1.5 * Math.LN2, 1);
    expect(variance).toBeCloseTo((Math.LN2 ** 2 * 5) / 3 / 4, 1);
    expect(logLocation(sketchOf(5)).variance).toBe(Number.POSITIVE_INFINITY);
    expect(logLocation(sketchOf(0, 0)).mean).toBeCloseTo(Math.log(1e-3), 6);
    expect(logLocation(sketchOf(7, 7, 7)).variance).toBeCloseTo(0, 9);
  });

  it('differ by that of the ratio, and both errors', () => {
    const [a, b] = [sketchOf(10, 20), sketchOf(30, 60)];
    const shift = logShift(a, b);
    expect(shift.mean).toBeCloseTo(Math.log(3), 1);
    expect(shift.variance).toBeCloseTo(logLocation(a).variance + logLocation(b).variance, 9);
  });
});

describe('a trend', () => {
  it.each([
    [[1, 2], 0, 1],
    [[1, 2, 3], 1, 0.1481],
    [[3, 2, 1], -1, 1],
    [[5, 5, 5, 5], 0, 1],
    [[1, 3, 2, 5, 4, 6], 1, 0.0301],
    [[0, 10, 2, 3], 1, 0.3671],
  ])('of %j rises by %d a step, by chance with %d', (values, slope, chance) => {
    const trend = trendOf(values);
    expect(trend.slope).toBeCloseTo(slope, 9);
    expect(trend.chance).toBeCloseTo(chance, 3);
  });
});

describe('calls a handled call', () => {
  const rate = (handled: number, ...counts: (readonly [number, number])[]) =>
    rateOf(
      counts.reduce((sum, [k, n]) => sum + k * n, 0),
      new Map(counts),
      handled,
    );

  it('have a mean and its variance', () => {
    // 2 without, 5 with one, 3 with three: mean 1.4, squares 2·1.96 + 5·0.16 + 3·2.56.
    expect(rate(10, [1, 5], [3, 3])).toEqual({
      handled: 10,
      present: 8,
      calls: 14,
      mean: 1.4,
      variance: expect.closeTo(12.4 / 9 / 10, 9),
      steady: false,
    });
    expect(rate(10, [2, 10]).variance).toBeCloseTo(0.2 / 10, 9);
    expect(rate(0)).toMatchObject({ mean: 0, variance: 0, present: 0 });
    expect(rate(1, [4, 1]).variance).toBeCloseTo(0.4, 9);
  });

  it('differ, in standard errors and by chance', () => {
    const [a, b, none] = [rate(100, [1, 100]), rate(100, [3, 100]), rate(100)];
    expect(rateShift(a, b)).toBeCloseTo(2 / Math.sqrt(0.001 + 0.003), 6);
    expect(rateShift(none, none)).toBe(0);
    expect(rateTest(a, a)).toBe(1);
    expect(rateTest(a, b)).toBeLessThan(1e-6);
    expect(rateTest(none, a)).toBeLessThan(1e-6);
    const sometimes = rate(100, [1, 50]);
    expect(rateTest(sometimes, rate(100, [1, 55]))).toBeCloseTo(0.961, 2);
    const { low, high, level } = differenceInterval(a, b);
    expect([level, low, high]).toEqual([0.95, expect.closeTo(1.876, 3), expect.closeTo(2.124, 3)]);
    const ratio = ratioInterval(a, b);
    const half = 1.95996 * Math.sqrt(0.001 + 0.003 / 9);
    expect(ratio.low).toBeCloseTo(3 * Math.exp(-half), 4);
    expect(ratio.high).toBeCloseTo(3 * Math.exp(half), 4);
    for (const open of [ratioInterval(none, a), ratioInterval(a, none)]) {
      expect([open.low, open.high]).toEqual([null, null]);
    }
  });
});

it('what everything got slower by is told from eight operations on', () => {
  const shifts = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ mean: 0.1 + (i % 2 ? 0.2 : 0), variance: 0.001 }));
  expect(environmentOf(shifts(7))).toEqual({ shift: 0, variance: 0, spread: 0.06 });
  const { shift, variance, spread } = environmentOf(shifts(8));
  expect(shift).toBeCloseTo(0.2, 9);
  const deviation = 1.4826 * 0.1;
  expect(variance).toBeCloseTo(((Math.PI / 2) * deviation ** 2) / 8, 9);
  expect(spread ** 2).toBeCloseTo((8 * 0.0036 + 8 * (deviation ** 2 - 0.001)) / 16, 9);
});
