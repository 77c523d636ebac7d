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
