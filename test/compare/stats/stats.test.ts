import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dispersionOf } from '../../../src/compare/stats/dispersion.ts';
import { environmentOf } from '../../../src/compare/stats/environment.ts';
import {
  fisherExact,
  fisherExactGreater,
  newcombeInterval,
  wilsonInterval,
} from '../../../src/compare/stats/exact.ts';
import { logShift } from '../../../src/compare/stats/location.ts';
import { benjaminiHochberg } from '../../../src/compare/stats/multiple.ts';
import { normalCdf, normalQuantile } from '../../../src/compare/stats/normal.ts';
import { quantileInterval, quantileRatioInterval } from '../../../src/compare/stats/quantile.ts';
import { unseenBefore } from '../../../src/compare/stats/unseen.ts';
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

describe('dispersion over time', () => {
  const stretches = (counts: readonly number[]) => counts.map((some) => ({ some, all: 50 }));

  test('is one where calls are independent, and where too little happened', () => {
    expect(dispersionOf(stretches([2, 3, 1, 4, 2, 3, 2, 1]))).toBe(1);
    expect(dispersionOf(stretches([0, 0, 1, 0]))).toBe(1);
    expect(dispersionOf(stretches([50, 50]))).toBe(1);
    expect(dispersionOf([])).toBe(1);
  });

  test('is what χ² over its degrees of freedom says of bursts', () => {
    // 20 of 200 in one of four stretches: (15² + 3 · 5²) / (5 · 0.9) = 66.7 over 3.
    expect(dispersionOf(stretches([20, 0, 0, 0]))).toBeCloseTo(66.67 / 3, 1);
  });
});

describe('what was never seen before', () => {
  const fine = Array.from({ length: 40 }, () => ({ some: 0, all: 200 }));

  test('is news where nothing of it is known anywhere', () => {
    expect(unseenBefore(fine)(200, 6, 200)).toBeLessThan(2e-4);
    expect(unseenBefore(fine)(20, 1, 200)).toBeGreaterThan(2e-3);
  });

  test('is less news the more places have it', () => {
    const known = fine.map((place, i) => (i % 4 ? place : { some: 10, all: 200 }));
    expect(unseenBefore(known)(60, 5, 60)).toBeGreaterThan(unseenBefore(fine)(60, 5, 60));
  });

  test('is a probability, and falls with how often it happens', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 30, max: 500 })), { maxLength: 20 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 500 }),
        (places, before, after) => {
          const chance = unseenBefore(places.map(([some, all]) => ({ some, all })));
          const values = [1, 2, 4, 8].map((some) => chance(before, Math.min(some, after), after));
          for (const [i, value] of values.entries()) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1 + 1e-9);
            expect(value).toBeLessThanOrEqual((values[i - 1] ?? 1) + 1e-12);
          }
        },
      ),
    );
  });
});

describe('what everything did', () => {
  const shifts = (means: readonly number[]) => means.map((mean) => ({ mean, variance: 0.001 }));

  test('is the median, whatever fewer than half of the operations did', () => {
    const moved = [...Array.from({ length: 12 }, () => 0.3), ...Array.from({ length: 5 }, () => 2)];
    expect(environmentOf(shifts(moved)).shift).toBeCloseTo(0.3, 9);
  });

  test('is nothing with few operations, and its spread what is usual', () => {
    expect(environmentOf(shifts([0.5, 0.6]))).toEqual({ shift: 0, variance: 0, spread: 0.06 });
  });

  test('has a spread beyond what sampling explains', () => {
    const scatter = (by: number) => Array.from({ length: 40 }, (_, i) => (by * (i - 19.5)) / 20);
    const calm = environmentOf(shifts(scatter(0.02))).spread;
    expect(calm).toBeLessThan(0.04);
    expect(environmentOf(shifts(scatter(0.5))).spread).toBeGreaterThan(5 * calm);
  });
});

describe('the mean of logarithms', () => {
  test('moves by the logarithm of the factor', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 1e4, noNaN: true }), { minLength: 2, maxLength: 80 }),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (values, factor) => {
          const { mean } = logShift(sketchOf(values), sketchOf(values.map((x) => x * factor)));
          expect(Math.abs(mean - Math.log(factor))).toBeLessThan(0.02);
        },
      ),
    );
  });
});

describe('exact tests of shares', () => {
  test("Fisher's tea: 3 of 4 against 1 of 4", () => {
    expect(fisherExactGreater({ some: 3, all: 4 }, { some: 1, all: 4 })).toBeCloseTo(17 / 70, 10);
    expect(fisherExact({ some: 3, all: 4 }, { some: 1, all: 4 })).toBeCloseTo(34 / 70, 10);
  });

  test('at least none is certain; a whole table sums to one', () => {
    expect(fisherExactGreater({ some: 0, all: 9 }, { some: 3, all: 7 })).toBeCloseTo(1, 10);
    expect(
      fisherExactGreater({ some: 10, all: 5_000_000 }, { some: 0, all: 5_000_000 }),
    ).toBeCloseTo(2 ** -10, 6);
  });

  test('both tails overlap by the observed table', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(40), (a, x, b, y) => {
        const upper = fisherExactGreater({ some: a, all: a + x }, { some: b, all: b + y });
        const lower = fisherExactGreater({ some: x, all: a + x }, { some: y, all: b + y });
        expect(upper).toBeGreaterThanOrEqual(0);
        expect(upper + lower).toBeGreaterThanOrEqual(1 - 1e-9);
      }),
    );
  });

  test("Newcombe's published example: 56/70 − 48/80", () => {
    const [low, high] = newcombeInterval({ some: 56, all: 70 }, { some: 48, all: 80 }, 0.95);
    expect(low).toBeCloseTo(0.0524, 3);
    expect(high).toBeCloseTo(0.3339, 3);
  });

  test('Wilson stays inside 0…1', () => {
    expect(wilsonInterval(0, 10, 0.95)[0]).toBe(0);
    expect(wilsonInterval(10, 10, 0.95)[1]).toBeCloseTo(1, 10);
  });
});
