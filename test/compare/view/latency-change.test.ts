import fc from 'fast-check';
import { expect, it } from 'vitest';
import { latencyChange } from '../../../src/compare/view/latency-change.ts';
import { Sketch } from '../../../src/profile/sketch.ts';

const sketchOf = (values: readonly number[]) => {
  const sketch = new Sketch();
  for (const value of values) sketch.add(value);
  return sketch;
};

it('is nothing without latencies', () => {
  expect(latencyChange(new Sketch(), new Sketch())).toBeUndefined();
});

it('counts every call in one of its steps, also the fastest and the slowest', () => {
  const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 60 });
  fc.assert(
    fc.property(values, values, (before, after) => {
      const change = latencyChange(sketchOf(before), sketchOf(after));
      expect(change === undefined).toBe(before.length + after.length === 0);
      if (!change) return;
      const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
      expect(sum(change.curve.baseline)).toBe(before.length);
      expect(sum(change.curve.candidate)).toBe(after.length);
      expect(change.curve.from).toBeLessThan(change.curve.to);
      expect(change.curve.from).toBeGreaterThan(0);
      expect(change.baseline === null).toBe(before.length === 0);
    }),
  );
});

it('bounds a quantile where the sample can', () => {
  const change = latencyChange(
    sketchOf(Array.from({ length: 200 }, (_, i) => i + 1)),
    sketchOf([5]),
  );
  const [value, low, high] = change?.baseline?.p50 ?? [0, 0, 0];
  expect(value).toBeGreaterThan(97);
  expect(value).toBeLessThan(103);
  expect(low).toBeLessThan(value);
  expect(high).toBeGreaterThan(value);
  expect(change?.candidate?.p99.slice(1)).toEqual([null, null]);
});

it('spreads the calls over equal steps of the logarithm between the fastest and the slowest', () => {
  const change = latencyChange(sketchOf([1, 1, 10, 100]), sketchOf([10, 1000]));
  expect(change?.level).toBe(0.95);
  expect(change?.curve.from).toBeCloseTo(1 / 1.05, 1);
  expect(change?.curve.to).toBeGreaterThan(1000);
  expect(change?.curve.to).toBeLessThan(1100);
  const filled = (counts: readonly number[] = []) =>
    counts.flatMap((count, i) => (count > 0 ? [[i, count]] : []));
  expect(filled(change?.curve.baseline)).toEqual([
    [0, 2],
    [16, 1],
    [31, 1],
  ]);
  expect(filled(change?.curve.candidate)).toEqual([
    [16, 1],
    [47, 1],
  ]);
  expect(change?.curve.baseline).toHaveLength(48);
  expect(change?.baseline?.calls).toBe(4);
});

it('has nothing of a side without latencies, and room around a single one', () => {
  const change = latencyChange(sketchOf([0]), new Sketch());
  expect(change?.candidate).toBeNull();
  expect(change?.curve.from).toBeCloseTo(0.01 / 1.05, 4);
  expect(change?.curve.to).toBeCloseTo(0.01 * 1.05, 4);
  expect(change?.curve.baseline.reduce((a, b) => a + b)).toBe(1);
});
