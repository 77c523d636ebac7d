import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredShift, evenClusters, normalOfT } from '../../../src/compare/stats/clustered.ts';

const cluster = fc.record({
  count: fc.integer({ min: 1, max: 50 }),
  sum: fc.nat(1000),
});
const NONE = { count: 0, sum: 0 };

describe('a difference of means by clusters', () => {
  it('has the variance of what clusters pull at it, worked out by hand', () => {
    const base = [
      { count: 2, sum: 2 },
      { count: 2, sum: 6 },
    ];
    const cand = [
      { count: 2, sum: 2 },
      { count: 2, sum: 10 },
    ];
    expect(clusteredShift(base, cand)).toEqual({ mean: 1, variance: 1, freedom: 1 });
    expect(clusteredShift([...base, NONE, NONE], [NONE, NONE, ...cand])).toMatchObject({
      mean: 1,
      variance: (4 / 3) * 2.5,
      freedom: 2,
    });
  });

  it('takes nothing that clusters of both sides have in common for a difference', () => {
    fc.assert(
      fc.property(fc.array(cluster, { minLength: 2, maxLength: 32 }), (side) => {
        const slower = side.map(({ count, sum }) => ({ count, sum: sum + 7 * count }));
        const found = clusteredShift(side, slower);
        if (!found) return;
        expect(found.mean).toBeCloseTo(7, 6);
        expect(found.variance).toBeCloseTo(0, 6);
      }),
    );
  });

  it('is the same in any order of the clusters, and between the sides but for its sign', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cluster, cluster), { minLength: 3, maxLength: 32 }), (both) => {
        const [base, cand] = [both.map(([one]) => one), both.map(([, one]) => one)];
        const found = clusteredShift(base, cand);
        const turned = clusteredShift(cand.toReversed(), base.toReversed());
        expect(turned?.variance ?? 0).toBeCloseTo(found?.variance ?? 0, 6);
        expect(turned?.mean ?? 0).toBeCloseTo(-(found?.mean ?? 0), 6);
        expect(turned?.freedom ?? 0).toBeCloseTo(found?.freedom ?? 0, 6);
      }),
    );
  });

  it('is not told by one cluster, nor by one that has nearly all', () => {
    const one = [{ count: 9, sum: 20 }];
    expect(clusteredShift(one, one)).toBeUndefined();
    const most = [
      { count: 1000, sum: 20 },
      { count: 1, sum: 9 },
    ];
    expect(clusteredShift(most, most)).toBeUndefined();
    expect(clusteredShift([NONE], [NONE])).toBeUndefined();
  });
});

it("Student's t is as far out as the normal deviate of the same quantile", () => {
  for (const [t, freedom, z] of [
    [2.228, 10, 1.96],
    [-2.228, 10, -1.96],
    [4.144, 10, 3.09],
    [3.646, 30, 3.291],
    [3.291, Number.POSITIVE_INFINITY, 3.291],
  ] as const) {
    expect(normalOfT(t, freedom)).toBeCloseTo(z, 1);
  }
});

describe('as many even clusters as weigh the same', () => {
  /** Sizes of clusters, put into 32 lots as a hash would. */
  const lotsOf = (sizes: readonly number[], seed: number) => {
    const lots = Array.from({ length: 32 }, () => 0);
    for (const [i, size] of sizes.entries()) {
      const lot = Math.imul(Math.imul(i + 1, 0x9e3779b1) ^ seed, 0x85ebca6b) >>> 27;
      lots[lot] = (lots[lot] ?? 0) + size;
    }
    return lots;
  };

  it('are all of those that are even, to within a third, and few where one has most values', () => {
    for (const seed of [1, 77, 4242]) {
      for (const clusters of [12, 40, 200, 1000]) {
        const even = lotsOf(
          Array.from({ length: clusters }, () => 5),
          seed,
        );
        expect(evenClusters(even, clusters) / clusters).toBeGreaterThan(2 / 3);
      }
      const uneven = [2000, ...Array.from({ length: 400 }, () => 5)];
      expect(evenClusters(lotsOf(uneven, seed), 401)).toBeCloseTo(4, 0);
    }
    const four = [21, 3, 3, 3, ...Array.from({ length: 28 }, () => 0)];
    expect(evenClusters(four, 4)).toBeCloseTo(2, 0);
  });

  it('are at least one and never more than there are', () => {
    const sizes = fc.array(fc.nat(1000), { minLength: 2, maxLength: 32 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 5000 }), (lots, clusters) => {
        const even = evenClusters(lots, clusters);
        expect(even).toBeGreaterThanOrEqual(1 - 1e-9);
        expect(even).toBeLessThanOrEqual(clusters);
      }),
    );
  });
});
