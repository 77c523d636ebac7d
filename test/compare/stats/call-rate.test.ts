import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  differenceInterval,
  type Rate,
  rateOf,
  rateShift,
  rateTest,
  ratioInterval,
} from '../../../src/compare/stats/call-rate.ts';

/** The rate of handled calls that made so many calls each. */
function rate(made: readonly number[]): Rate {
  const counts = new Map<number, number>();
  for (const k of made) if (k > 0) counts.set(k, (counts.get(k) ?? 0) + 1);
  return rateOf(
    made.reduce((sum, k) => sum + k, 0),
    counts,
    made.length,
  );
}

const made = fc.array(fc.nat(6), { minLength: 2, maxLength: 60 });

describe('calls a handled call', () => {
  test('have the mean and the variance of the sample', () => {
    fc.assert(
      fc.property(made, (sample) => {
        const { mean, variance, present, calls, handled } = rate(sample);
        const average = sample.reduce((a, b) => a + b, 0) / sample.length;
        const spread = sample.reduce((sum, k) => sum + (k - average) ** 2, 0) / (sample.length - 1);
        expect(mean).toBeCloseTo(average);
        expect(present).toBe(sample.filter((k) => k > 0).length);
        expect([calls / handled, handled]).toEqual([mean, sample.length]);
        expect(variance).toBeCloseTo(Math.max(spread, 0.1 * average) / sample.length);
      }),
    );
  });

  test('differ neither way more than the other, and never from themselves', () => {
    fc.assert(
      fc.property(made, made, (a, b) => {
        expect(rateShift(rate(a), rate(b))).toBeCloseTo(-rateShift(rate(b), rate(a)));
        expect(rateTest(rate(a), rate(b))).toBeCloseTo(rateTest(rate(b), rate(a)));
        expect(rateShift(rate(a), rate(a))).toBe(0);
        expect(rateTest(rate(a), rate(a))).toBe(1);
      }),
    );
  });

  test('that never vary are told apart sooner than a query a row', () => {
    const [one, two] = [rate(Array(30).fill(1)), rate(Array(30).fill(2))];
    const rows = (mean: number) =>
      rate(Array.from({ length: 30 }, (_, i) => (i % 10 ? 0 : 10 * mean)));
    expect(rateShift(one, two)).toBeGreaterThan(4);
    expect(rateShift(rows(1), rows(2))).toBeLessThan(4);
  });

  test('have intervals that hold the change between them', () => {
    const [base, cand] = [rate([1, 1, 1, 2, 1, 0, 1, 1]), rate([3, 3, 2, 3, 4, 3, 3, 3])];
    const difference = differenceInterval(base, cand);
    expect(difference.low).toBeLessThan(2);
    expect(difference.high).toBeGreaterThan(2);
    const ratio = ratioInterval(base, cand);
    expect(ratio.low).toBeLessThan(3);
    expect(ratio.high).toBeGreaterThan(3);
    expect(ratioInterval(rate([0, 0]), cand)).toMatchObject({ low: null, high: null });
  });
});
