import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Sketch } from '../../src/profile/sketch.ts';

const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 200 });

function sketchOf(numbers: readonly number[]): Sketch {
  const sketch = new Sketch();
  for (const value of numbers) sketch.add(value);
  return sketch;
}

describe('Sketch', () => {
  test('merging any cut in any order gives the bytes of the whole', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const merged = sketchOf(c);
        merged.merge(sketchOf(a));
        merged.merge(sketchOf(b));
        expect(JSON.stringify(merged)).toBe(JSON.stringify(sketchOf([...a, ...b, ...c])));
      }),
    );
  });

  test('a quantile is within 1 % of the exact one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (numbers, q) => {
          const sorted = numbers.toSorted((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] as number;
          const error = Math.abs(sketchOf(numbers).quantile(q) - exact) / exact;
          expect(error).toBeLessThanOrEqual(0.0101);
        },
      ),
    );
  });

  /** All that a sketch answers. */
  const answers = (sketch: Sketch) => [
    sketch.count,
    sketch.sum(),
    sketch.countAbove(10),
    [...sketch.entries()],
    [0, 0.1, 0.5, 0.95, 1].map((q) => sketch.quantile(q)),
  ];

  test('answers alike after a round trip', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        const sketch = sketchOf(numbers);
        const json = JSON.stringify(sketch);
        const again = Sketch.fromJSON(JSON.parse(json));
        expect(JSON.stringify(again)).toBe(json);
        expect(answers(again)).toEqual(answers(sketch));
      }),
      { numRuns: 30 },
    );
  });

  test('answers alike whether it was asked before the last values or not', () => {
    fc.assert(
      fc.property(values, values, (first, more) => {
        const [added, merged] = [sketchOf(first), sketchOf(first)];
        for (const one of [added, merged]) one.quantile(0.5);
        for (const value of more) added.add(value);
        merged.merge(sketchOf(more));
        const whole = answers(sketchOf([...first, ...more]));
        expect(answers(added)).toEqual(whole);
        expect(answers(merged)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  test('counts above a value what lies in buckets above its own', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        const sketch = sketchOf(numbers);
        let above = sketch.count;
        for (const [value, count] of sketch.entries()) {
          above -= count;
          expect(sketch.countAbove(value)).toBe(above);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('counts what lies above a value', () => {
    const sketch = sketchOf([1, 10, 100, 1000]);
    expect(sketch.countAbove(50)).toBe(2);
    expect(sketch.countAbove(1000)).toBe(0);
  });

  test('NaN, negative and tiny values count as zero, huge ones stay bounded', () => {
    const sketch = sketchOf([Number.NaN, -1, 0, 1e-9, Number.POSITIVE_INFINITY]);
    expect(sketch.count).toBe(5);
    expect(sketch.quantile(0.5)).toBe(0);
    expect(sketch.quantile(1)).toBeLessThan(1.02e12);
    expect([...sketchOf([0.001]).entries()][0]?.[0]).toBeGreaterThan(0);
    expect([...sketchOf([1e12, 1e13, 1e300]).entries()]).toHaveLength(1);
  });
});
