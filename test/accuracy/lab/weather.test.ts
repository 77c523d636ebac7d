import { expect, test } from 'vitest';
import { drawSystem } from '../../../scripts/accuracy/lab/draw-system.ts';
import { Draws } from '../../../scripts/accuracy/lab/draws.ts';
import { failingOf, Weather } from '../../../scripts/accuracy/lab/weather.ts';

const LENGTH = 60_000;
const system = {
  ...drawSystem({ seed: 'weather', operations: 3 }),
  runDrift: 0,
  weather: 0.2,
  persistence: 0.8,
  swing: 0.5,
};

test('the common movement has its deviation, and stays for a while', () => {
  const calm = { ...system, swing: 0 };
  const pairs = Array.from({ length: 400 }, (_, i) => {
    const weather = new Weather(calm, LENGTH, new Draws(i));
    return [0, 2_500, 50_000].map((time) => Math.log(weather.factor(time))) as [
      number,
      number,
      number,
    ];
  });
  const product = (a: 0 | 1 | 2, b: 0 | 1 | 2) =>
    pairs.reduce((sum, each) => sum + each[a] * each[b], 0) / pairs.length;
  expect(Math.sqrt(product(0, 0))).toBeCloseTo(0.2, 1);
  expect(Math.sqrt(product(2, 2))).toBeCloseTo(0.2, 1);
  expect(product(0, 1) / product(0, 0)).toBeCloseTo(0.8, 1);
  expect(Math.abs(product(0, 2) / product(0, 0))).toBeLessThan(0.2);
});

test('requests come as the load says', () => {
  const weather = new Weather(system, LENGTH, new Draws('load'));
  const draws = new Draws('arrivals');
  const times = Array.from({ length: 20_000 }, () => weather.arrival(draws));
  const tenths = Array.from({ length: 10 }, (_, i) => {
    const seen = times.filter((time) => Math.floor((10 * time) / LENGTH) === i).length / 2_000;
    return [seen, weather.load(((i + 0.5) * LENGTH) / 10)] as const;
  });
  for (const [seen, load] of tenths) expect(seen).toBeCloseTo(load, 0.8);
  expect(Math.max(...tenths.map(([seen]) => seen))).toBeGreaterThan(1.3);
});

/** Mean and variance of the failures among 300 calls of a run, over many runs. */
function failures(bursts: number): { mean: number; variance: number } {
  const counts = Array.from({ length: 2_000 }, (_, run) => {
    const draws = new Draws('failures', bursts, run);
    const fails = failingOf({ share: 0.02, status: '500', bursts }, LENGTH, draws);
    return Array.from({ length: 300 }, () => fails(draws.uniform(0, LENGTH), draws)).filter(Boolean)
      .length;
  });
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return {
    mean,
    variance: counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length,
  };
}

test('errors in bursts are as many as errors one by one, but vary more between runs', () => {
  const single = failures(0);
  const bursts = failures(4);
  expect(single.mean).toBeCloseTo(6, 0);
  expect(bursts.mean).toBeCloseTo(6, 0);
  expect(single.variance).toBeLessThan(7);
  expect(bursts.variance).toBeGreaterThan(2 * single.variance);
});
