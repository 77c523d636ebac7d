import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fisherExact,
  fisherExactGreater,
  newcombeInterval,
  ruleOfThree,
  wilsonInterval,
} from '../../../src/compare/stats/exact.ts';
import { benjaminiHochberg } from '../../../src/compare/stats/multiple.ts';
import { normalCdf, normalQuantile } from '../../../src/compare/stats/normal.ts';
import { quantileInterval, quantileRatioInterval } from '../../../src/compare/stats/quantile.ts';
import { logSpread } from '../../../src/compare/stats/spread.ts';
import { Sketch } from '../../../src/profile/sketch.ts';

function sketchOf(values: readonly number[]): Sketch {
  const sketch = new Sketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

/** The values of a uniform grid on 1…2, in an order that looks random but is the same each time. */
function uniform(n: number, seed: number): number[] {
  return Array.from({ length: n }, (_, i) => 1 + (((i + 1) * 0.6180339887 + seed * 0.37) % 1));
}

describe('normal distribution', () => {
  test.each([
    [0, 0.5],
    [1.959964, 0.975],
    [-2.326348, 0.01],
  ])('cdf(%d) = %d, and back', (z, p) => {
    expect(normalCdf(z)).toBeCloseTo(p, 5);
    expect(normalQuantile(p)).toBeCloseTo(z, 4);
  });
});

describe('Benjamini-Hochberg', () => {
  test('gives the published example', () => {
    const p = [0.01, 0.02, 0.03, 0.04, 0.05];
    expect(benjaminiHochberg(p).map((x) => Number(x.toFixed(6)))).toEqual(Array(5).fill(0.05));
  });

  test('never lowers a p-value, keeps their order, and does not depend on the order given', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
        const adjusted = benjaminiHochberg(p);
        p.forEach((one, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(one - 1e-12);
          p.forEach((other, j) => {
            if (one < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] as number);
          });
        });
        expect(benjaminiHochberg(p.toReversed()).toReversed()).toEqual(adjusted);
      }),
    );
  });
});

describe('quantile intervals', () => {
  test('are open where the sample is too small', () => {
    const twelve = sketchOf(uniform(12, 1));
    expect(quantileInterval(twelve, 0.95, 0.95).high).toBeNull();
    expect(quantileInterval(twelve, 0.5, 0.95).low).not.toBeNull();
  });

  test('cover the true quantile about as often as they say', () => {
    let covered = 0;
    const runs = 300;
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    for (let i = 0; i < runs; i++) {
      const { low, high } = quantileInterval(
        sketchOf(Array.from({ length: 200 }, () => 1 + random())),
        0.9,
        0.95,
      );
      if (low !== null && high !== null && low <= 1.92 && high >= 1.88) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.93);
  });

  test('the ratio of a doubled sample holds 2 and not 1', () => {
    const base = uniform(400, 2);
    const { low, high } = quantileRatioInterval(
      sketchOf(base),
      sketchOf(base.map((x) => x * 2)),
      0.95,
      0.95,
    );
    expect(low).toBeGreaterThan(1.5);
    expect(high).toBeGreaterThanOrEqual(1.98);
  });
});

describe('spread between time slots', () => {
  test('is nothing for equal slots, and grows with their difference', () => {
    const slots = [1, 1, 1, 1].map(() => sketchOf(uniform(50, 1)));
    expect(logSpread(slots, 0.95)).toBeCloseTo(0, 6);
    const moving = [1, 2, 1, 2].map((k) => sketchOf(uniform(50, 1).map((x) => x * k)));
    expect(logSpread(moving, 0.95)).toBeGreaterThan(0.15);
  });

  test('is nothing where there are too few calls for two groups', () => {
    expect(logSpread([sketchOf([1, 9]), sketchOf([3])], 0.95)).toBe(0);
  });
});

describe('exact tests of shares', () => {
  test("Fisher's tea: 3 of 4 against 1 of 4", () => {
    expect(fisherExactGreater(3, 4, 1, 4)).toBeCloseTo(17 / 70, 10);
    expect(fisherExact(3, 4, 1, 4)).toBeCloseTo(34 / 70, 10);
  });

  test('at least none is certain; a whole table sums to one', () => {
    expect(fisherExactGreater(0, 9, 3, 7)).toBeCloseTo(1, 10);
    expect(fisherExactGreater(10, 5_000_000, 0, 5_000_000)).toBeCloseTo(2 ** -10, 6);
  });

  test('both tails overlap by the observed table', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(40), (a, x, b, y) => {
        const upper = fisherExactGreater(a, a + x, b, b + y);
        const lower = fisherExactGreater(x, a + x, y, b + y);
        expect(upper).toBeGreaterThanOrEqual(0);
        expect(upper + lower).toBeGreaterThanOrEqual(1 - 1e-9);
      }),
    );
  });

  test("Newcombe's published example: 56/70 − 48/80", () => {
    const [low, high] = newcombeInterval(56, 70, 48, 80, 0.95);
    expect(low).toBeCloseTo(0.0524, 3);
    expect(high).toBeCloseTo(0.3339, 3);
  });

  test('Wilson stays inside 0…1, and the rule of three is near 3/n', () => {
    expect(wilsonInterval(0, 10, 0.95)[0]).toBe(0);
    expect(wilsonInterval(10, 10, 0.95)[1]).toBeCloseTo(1, 10);
    expect(ruleOfThree(300)).toBeCloseTo(0.00993, 4);
  });
});
