import { describe, expect, it } from 'vitest';
import { betaBinomialTail } from '../../../src/compare/stats/beta-binomial.ts';
import {
  binomialLower,
  binomialPower,
  binomialTail,
  binomialUpper,
} from '../../../src/compare/stats/binomial.ts';
import { fisherExactGreater, wilsonInterval } from '../../../src/compare/stats/exact.ts';
import { logGamma } from '../../../src/compare/stats/log-gamma.ts';
import {
  negativeBinomialLower,
  negativeBinomialUpper,
} from '../../../src/compare/stats/negative-binomial.ts';
import { normalCdf, normalQuantile, normalUpperTail } from '../../../src/compare/stats/normal.ts';
import { RankTest } from '../../../src/compare/stats/sequential.ts';
import { logShareEvidence } from '../../../src/compare/stats/sequential-share.ts';
import { unseenBefore } from '../../../src/compare/stats/unseen.ts';
import { Sketch } from '../../../src/profile/sketch.ts';

// Expected values: exact fractions, or sums of probabilities, of another program.
describe('a binomial share', () => {
  it.each([
    [1, 10, 0.1, 0.65132156],
    [3, 10, 0.5, 0.9453125],
    [9, 10, 0.5, 0.01074219],
    [10, 10, 0.5, 0.00097656],
    [5, 50, 0.04, 0.04897147],
    [60, 100, 0.5, 0.02844397],
    [30, 100, 0.5, 0.99998392],
    [0, 5, 0.3, 1],
    [6, 5, 0.3, 0],
  ])('has at least %d of %d at %d with %d', (k, n, p, expected) => {
    expect(binomialTail(k, n, p)).toBeCloseTo(expected, 7);
  });

  it('is bounded as Clopper and Pearson say', () => {
    expect(binomialUpper(0, 10, 0.95)).toBeCloseTo(0.25886555, 7);
    expect(binomialUpper(2, 20, 0.95)).toBeCloseTo(0.28261852, 7);
    expect(binomialUpper(5, 50, 0.99)).toBeCloseTo(0.24155264, 7);
    expect(binomialUpper(19, 20, 0.95)).toBeCloseTo(0.99743862, 7);
    expect(binomialUpper(20, 20, 0.95)).toBe(1);
    expect(binomialLower(10, 10, 0.95)).toBeCloseTo(0.74113445, 7);
    expect(binomialLower(2, 20, 0.95)).toBeCloseTo(0.0180652, 7);
    expect(binomialLower(0, 20, 0.95)).toBe(0);
  });

  it('is seen with a power from a size on', () => {
    expect(binomialPower(0, 20, 0.8)).toBe(0);
    expect(binomialPower(1, 20, 0.8)).toBeCloseTo(0.07731917, 7);
    expect(binomialPower(5, 50, 0.8)).toBeCloseTo(0.13077167, 7);
    expect(binomialPower(20, 20, 0.9)).toBeCloseTo(0.99474583, 7);
  });

  it.each([
    [0, 20, 0.95, 0, 0.161125],
    [7, 20, 0.95, 0.181192, 0.567146],
    [20, 20, 0.95, 0.838875, 1],
    [81, 263, 0.95, 0.255289, 0.36621],
    [3, 40, 0.8, 0.036834, 0.14669],
  ])('of %d of %d lies, at %d, between %d and %d by Wilson', (k, n, level, low, high) => {
    const interval = wilsonInterval(k, n, level);
    expect(interval[0]).toBeCloseTo(low, 5);
    expect(interval[1]).toBeCloseTo(high, 5);
  });

  it('of nothing lies anywhere', () => {
    expect(wilsonInterval(0, 0, 0.95)).toEqual([0, 1]);
  });

  it.each([
    [3, 4, 1, 4, 0.2428571429],
    [10, 50, 2, 60, 0.0058409642],
    [0, 5, 3, 5, 1],
    [5, 5, 0, 5, 0.003968254],
    [30, 100, 25, 90, 0.4302475256],
    [12, 6000, 3, 7000, 0.0080896226],
    [40, 20_000, 20, 20_000, 0.0067101457],
  ])('of %d in %d beside %d in %d is larger by chance with %d', (a, n1, b, n2, expected) => {
    expect(fisherExactGreater({ some: a, all: n1 }, { some: b, all: n2 })).toBeCloseTo(expected, 9);
  });
});

it.each([
  [1, 10, 1, 1, 0.90909091],
  [5, 10, 1, 1, 0.54545455],
  [3, 20, 2, 30, 0.16080432],
  [10, 40, 0.5, 9.5, 0.03299262],
  [20, 20, 3, 1, 0.13043478],
  [0, 5, 1, 1, 1],
  [6, 5, 1, 1, 0],
])('a share from Beta: at least %d of %d with (%d, %d) is %d', (k, n, a, b, expected) => {
  expect(betaBinomialTail(k, n, a, b)).toBeCloseTo(expected, 7);
});

it.each([
  [0, 2, 0.5, 0.25],
  [3, 2, 0.5, 0.8125],
  [1, 5, 0.1, 0.0751466],
  [5, 5, 0.1, 0.6183718],
  [12, 5, 0.1, 0.9883969],
  [2, 20, 1, 0.1361624],
  [3, 2, 0, 0.857123],
  [8, 2, 0, 0.999763],
])('a count that varies: at most %d of mean %d and variation %d is %d', (k, mean, v, expected) => {
  expect(negativeBinomialLower(k, mean, v)).toBeCloseTo(expected, 5);
  expect(negativeBinomialLower(k + 0.5, mean, v)).toBeCloseTo(expected, 5);
  expect(negativeBinomialUpper(k + 1, mean, v)).toBeCloseTo(1 - expected, 5);
  expect(negativeBinomialUpper(k + 0.5, mean, v)).toBeCloseTo(1 - expected, 5);
});

it('a count without a mean is none', () => {
  expect([negativeBinomialLower(0, 0, 1), negativeBinomialLower(-1, 2, 1)]).toEqual([1, 0]);
  expect([negativeBinomialUpper(1, 0, 1), negativeBinomialUpper(0, 2, 1)]).toEqual([0, 1]);
});

describe('the normal distribution', () => {
  it.each([
    [-3, 0.0013499],
    [-1.5, 0.0668072],
    [-0.2, 0.4207403],
    [0, 0.5],
    [0.5, 0.6914625],
    [1, 0.8413447],
    [2.5, 0.9937903],
  ])('up to %d is %d, and back', (z, expected) => {
    expect(normalCdf(z)).toBeCloseTo(expected, 6);
    expect(normalQuantile(expected)).toBeCloseTo(z, 3);
  });

  it.each([
    [-2, 0.97724987],
    [0, 0.5],
    [0.5, 0.30853754],
    [3, 0.001349898],
    [6, 9.865876e-10],
    [10, 7.619853e-24],
  ])('beyond %d is %d, however little', (z, expected) => {
    expect(normalUpperTail(z) / expected).toBeCloseTo(1, 6);
  });
});

it.each([
  [0.1, 2.2527126517],
  [0.5, 0.5723649429],
  [1, 0],
  [2, 0],
  [3.7, 1.4280723267],
  [10, 12.8018274801],
  [25.5, 56.3891676437],
  [1000, 5905.2204232092],
])('the logarithm of gamma at %d is %d', (x, expected) => {
  expect(logGamma(x)).toBeCloseTo(expected, 9);
});

it.each([
  [[], 0.00048706814],
  [Array(10).fill([0, 200]), 0.00032996989],
  [[...Array(10).fill([0, 200]), [2, 200], [2, 200], [30, 60], [60, 60]], 0.00085428214],
] as const)('what hid in 50 shows in 3 of 50 more, known of %j, with %d', (places, expected) => {
  const known = (places as readonly (readonly [number, number])[]).map(([some, all]) => ({
    some,
    all,
  }));
  expect(unseenBefore(known)(50, 3, 50)).toBeCloseTo(expected, 9);
});

describe('evidence that may be read at any time', () => {
  const sketch = new Sketch();
  for (let i = 1; i <= 99; i++) sketch.add(10 * i);
  const single = new Sketch();
  for (let i = 0; i < 9; i++) single.add(5);

  it.each([
    [[18, 14, 9, 5, 3, 1], 1.3285],
    [[5, 2, 1, 0, 0, 0], -2.3763],
    [[20, 20, 20, 18, 12, 9], 26.136],
  ])('of %j of 20 above the cuts of a sample is e to the %d', (above, expected) => {
    expect(new RankTest(sketch).logEvidence(above, 20)).toBeCloseTo(expected, 2);
  });

  it('counts cuts that fall together once', () => {
    const test = new RankTest(single);
    expect(test.edges).toHaveLength(1);
    expect(test.logEvidence([4], 6)).toBeCloseTo(2.3355, 3);
  });

  it.each([
    [8, 40, 0.05, 4.332155676],
    [0, 40, 0.05, -2.760737915],
  ])('of %d of %d against %d is e to the %d', (k, n, share, expected) => {
    expect(logShareEvidence({ some: k, all: n }, share)).toBeCloseTo(expected, 8);
  });
});
