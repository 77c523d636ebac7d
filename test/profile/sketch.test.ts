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

  test('survives a round trip', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        const json = JSON.stringify(sketchOf(numbers));
        expect(JSON.stringify(Sketch.fromJSON(JSON.parse(json)))).toBe(json);
      }),
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
  });

  test.each([null, [], [1, 2], [-1], [0, 1, 0], [0, 1, 1, 1, 1], ['0'], [0, 1.5, 1]])(
    'refuses %j',
    (json) => {
      expect(() => Sketch.fromJSON(json as never)).toThrow(RangeError);
    },
  );
});
