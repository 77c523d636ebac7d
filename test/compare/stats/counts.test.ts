import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betaBinomialTail } from '../../../src/compare/stats/beta-binomial.ts';
import { binomialTail } from '../../../src/compare/stats/binomial.ts';
import {
  negativeBinomialLower,
  negativeBinomialUpper,
} from '../../../src/compare/stats/negative-binomial.ts';
import { normalCdf, normalUpperTail } from '../../../src/compare/stats/normal.ts';
import { trendOf } from '../../../src/compare/stats/trend.ts';

describe('the tail of the beta-binomial', () => {
  test('is the binomial one where the share is known, and wider where it is not', () => {
    expect(betaBinomialTail(5, 40, 5e6, 95e6)).toBeCloseTo(binomialTail(5, 40, 0.05), 5);
    expect(betaBinomialTail(5, 40, 1, 19)).toBeGreaterThan(2 * binomialTail(5, 40, 0.05));
  });

  test('counts every outcome once: a flat share makes every count as likely', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), (n, k) => {
        expect(betaBinomialTail(k, n, 1, 1)).toBeCloseTo(Math.max(0, (n + 1 - k) / (n + 1)), 9);
      }),
    );
  });
});

describe('the negative binomial', () => {
  const mean = fc.double({ min: 0.1, max: 300, noNaN: true });
  const variation = fc.double({ min: 1e-4, max: 3, noNaN: true });

  test('has tails that add up', () => {
    fc.assert(
      fc.property(fc.nat(400), mean, variation, (k, m, v) => {
        const both = negativeBinomialLower(k, m, v) + negativeBinomialUpper(k + 1, m, v);
        expect(both).toBeCloseTo(1, 6);
      }),
    );
  });

  test('has no calls as likely as the gamma mixture says', () => {
    expect(negativeBinomialLower(0, 30, 0.25)).toBeCloseTo((1 + 30 * 0.25) ** -4, 9);
  });

  test('is Poisson where the rate does not vary', () => {
    expect(negativeBinomialLower(2, 4, 0)).toBeCloseTo(Math.exp(-4) * (1 + 4 + 8), 4);
  });
});

test('the far tail of the normal distribution keeps its digits', () => {
  expect(normalUpperTail(1.96)).toBeCloseTo(1 - normalCdf(1.96), 6);
  expect(normalUpperTail(-1.96)).toBeCloseTo(normalCdf(1.96), 6);
  expect(normalUpperTail(6) / 9.865876e-10).toBeCloseTo(1, 5);
  expect(normalUpperTail(9) / 1.128588e-19).toBeCloseTo(1, 5);
});

describe('a trend', () => {
  test('has the slope of a line, and no more chance than the number of points allows', () => {
    const { slope, chance } = trendOf([1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    expect(slope).toBe(2);
    expect(chance).toBeLessThan(1e-4);
  });

  test('is not carried away by one wild value', () => {
    expect(trendOf([1, 2, 3, 4, 500, 6, 7, 8, 9]).slope).toBeCloseTo(1, 1);
  });

  test('is none where values fall, or where there are too few', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 0, maxLength: 12 }), (values) => {
        const falling = values.toSorted((a, b) => b - a);
        expect(trendOf(falling).chance).toBe(1);
      }),
    );
    expect(trendOf([1, 2])).toEqual({ slope: 0, chance: 1 });
  });
});
