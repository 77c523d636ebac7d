import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Draws } from '../../../scripts/accuracy/lab/draws.ts';

const N = 20_000;

function many(draw: (draws: Draws) => number): number[] {
  const draws = new Draws('test', 1);
  return Array.from({ length: N }, () => draw(draws));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

test('the same seed draws the same, another seed something else', () => {
  const draw = (...seed: (string | number)[]) => {
    const draws = new Draws(...seed);
    return [draws.uniform(), draws.normal(), draws.uuid(), draws.poisson(4)];
  };
  expect(draw('a', 1)).toEqual(draw('a', 1));
  expect(draw('a', 1)).not.toEqual(draw('a', 2));
  expect(draw('ab', 'c')).not.toEqual(draw('a', 'bc'));
});

test('normal draws have mean 0, variance 1 and 2.3 % above two', () => {
  const values = many((draws) => draws.normal());
  expect(mean(values)).toBeCloseTo(0, 1);
  expect(variance(values)).toBeCloseTo(1, 1);
  expect(values.filter((value) => value > 2).length / N).toBeCloseTo(0.0228, 2);
});

test('a Pareto tail falls with its power', () => {
  const values = many((draws) => draws.pareto(2, 1.5));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(2);
  expect(values.filter((value) => value > 8).length / N).toBeCloseTo((2 / 8) ** 1.5, 2);
});

test.each([0.3, 4, 80])('Poisson counts of mean %d have that mean and variance', (rate) => {
  const values = many((draws) => draws.poisson(rate));
  expect(Math.abs(mean(values) / rate - 1)).toBeLessThan(0.03);
  expect(Math.abs(variance(values) / rate - 1)).toBeLessThan(0.05);
});

test('half of the log-normal draws lie below the median', () => {
  const below = many((draws) => draws.logNormal(30, 0.8)).filter((value) => value < 30);
  expect(below.length / N).toBeCloseTo(0.5, 1);
});

test('weights are shares', () => {
  const draws = many((d) =>
    d.weighted([
      [1, 3],
      [2, 1],
    ]),
  );
  expect(draws.filter((value) => value === 1).length / N).toBeCloseTo(0.75, 1);
});

test('a drifted share stays a share, never and always stay', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (share, seed) => {
      const drifted = new Draws(seed).drifted(share, 1);
      expect(drifted).toBeGreaterThanOrEqual(0);
      expect(drifted).toBeLessThanOrEqual(1);
      if (share === 0 || share === 1) expect(drifted).toBe(share);
    }),
  );
  expect(new Draws(1).drifted(0.3, 0)).toBeCloseTo(0.3, 12);
});
