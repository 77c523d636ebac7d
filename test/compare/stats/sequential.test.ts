import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slowerEvidence } from '../../../src/compare/sequential.ts';
import { binomialLower, binomialUpper } from '../../../src/compare/stats/binomial.ts';
import { logGamma } from '../../../src/compare/stats/log-gamma.ts';
import { PolyaUrn } from '../../../src/compare/stats/polya-urn.ts';
import { RankTest } from '../../../src/compare/stats/sequential.ts';
import { logShareEvidence } from '../../../src/compare/stats/sequential-share.ts';
import { Sketch } from '../../../src/profile/sketch.ts';
import { random } from '../../support/random.ts';

function sketchOf(values: readonly number[]): Sketch {
  const sketch = new Sketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

/** Log-normal around 20 ms. */
function latencies(seed: string): () => number {
  const next = random(seed);
  return () => {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    return 20 * Math.exp(0.5 * normal);
  };
}

function times(count: number, draw: () => number): number[] {
  return Array.from({ length: count }, draw);
}

describe('functions', () => {
  test('the gamma function at known points', () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 11);
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 11);
  });

  test('exact bounds of shares at published points', () => {
    expect(binomialUpper(0, 100, 0.95)).toBeCloseTo(1 - 0.05 ** 0.01, 10);
    expect(binomialUpper(5, 100, 0.975)).toBeCloseTo(0.1128, 4);
    expect(binomialLower(5, 100, 0.975)).toBeCloseTo(0.0164, 4);
    expect([binomialUpper(7, 7, 0.9), binomialLower(0, 7, 0.9)]).toEqual([1, 0]);
  });

  test('what an urn gives out in n trials has probability 1 in all', () => {
    const urn = new PolyaUrn(2.5, 7);
    let sum = 0;
    for (let sequence = 0; sequence < 2 ** 8; sequence++) {
      const k = sequence.toString(2).replaceAll('0', '').length;
      sum += Math.exp(urn.logProbability(k, 8));
    }
    expect(sum).toBeCloseTo(1, 10);
  });
});

describe('evidence that may be read at any time', () => {
  const base = sketchOf(times(300, latencies('base')));
  const rank = new RankTest(base);
  const spacings = base.count + 1;
  const above = rank.edges.map((edge) => base.countAbove(edge) + 1);

  test('of ranks is a martingale: whatever was seen, the next call is worth nothing on average', () => {
    const bins = fc.array(fc.nat({ max: 40 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(bins, (seen) => {
        const n = seen.reduce((sum, count) => sum + count, 0);
        const exceeding = rank.edges.map((_, i) =>
          seen.slice(i + 1).reduce((sum, count) => sum + count, 0),
        );
        const now = rank.logEvidence(exceeding, n);
        let mean = 0;
        for (let bin = 0; bin <= rank.edges.length; bin++) {
          const balls = (above[bin - 1] ?? spacings) - (above[bin] ?? 0);
          const share = (balls + (seen[bin] as number)) / (spacings + n);
          const next = exceeding.map((count, i) => count + (i < bin ? 1 : 0));
          mean += share * Math.exp(rank.logEvidence(next, n + 1) - now);
        }
        expect(mean).toBeCloseTo(1, 9);
      }),
    );
  });

  test('of shares is a martingale at its share, and worth less below', () => {
    const mean = (k: number, n: number, truth: number) =>
      truth * Math.exp(logShareEvidence({ some: k + 1, all: n + 1 }, 0.05)) +
      (1 - truth) * Math.exp(logShareEvidence({ some: k, all: n + 1 }, 0.05));
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.nat({ max: 200 }), (k, rest) => {
        const now = Math.exp(logShareEvidence({ some: k, all: k + rest }, 0.05));
        expect(mean(k, k + rest, 0.05) / now).toBeCloseTo(1, 9);
        expect(mean(k, k + rest, 0.03) / now).toBeLessThan(1);
      }),
    );
  });

  test('what gets faster is no evidence, however many calls say so', () => {
    const faster = sketchOf(times(20_000, latencies('other')).map((value) => value * 0.8));
    const exceeding = rank.edges.map((edge) => faster.countAbove(edge));
    expect(rank.logEvidence(exceeding, faster.count)).toBeLessThan(0);
  });

  test('500 unchanged operations looked at after each call are called slower at most once', () => {
    const needed = Math.log(500 / 0.006);
    let alarms = 0;
    for (let i = 0; i < 500; i++) {
      const draw = latencies(`same ${i}`);
      const one = new RankTest(sketchOf(times(60, draw)));
      const seen = new Sketch();
      let alarm = false;
      for (let n = 0; n < 60 && !alarm; n++) {
        seen.add(draw());
        const exceeding = one.edges.map((edge) => seen.countAbove(edge));
        alarm = one.logEvidence(exceeding, seen.count) >= needed;
      }
      if (alarm) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(1);
  });

  test('a doubled latency is found within 40 calls, one a tenth slower never within 400', () => {
    const needed = Math.log(40 / 0.006);
    const calls = (factor: number, most: number) => {
      const draw = latencies(`slower ${factor}`);
      const seen = new Sketch();
      while (seen.count < most) {
        seen.add(draw() * factor);
        if (slowerEvidence(rank, seen, needed) !== undefined) return seen.count;
      }
      return undefined;
    };
    expect(calls(2, 400)).toBeLessThan(40);
    expect(calls(1.1, 400)).toBeUndefined();
  });
});
