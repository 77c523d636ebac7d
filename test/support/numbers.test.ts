import { describe, expect, test } from 'vitest';
import { mostOften } from '../../src/support/most-often.ts';
import { median, quantile, spreadOf, sum } from '../../src/support/numbers.ts';

describe('numbers', () => {
  test('a sum is of numbers, or of what is said of each item', () => {
    expect(sum([1, 2, 4])).toBe(7);
    expect(sum(new Map([['a', 3]]), ([, n]) => n * 2)).toBe(6);
    expect(sum([])).toBe(0);
  });

  test('the median of an even count is the mean of the two in the middle', () => {
    expect(median([10, 2, 9])).toBe(9);
    expect(median([10, 2, 9, 4])).toBe(6.5);
    expect(median([])).toBeNaN();
  });

  test('a quantile is one of the values, by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(quantile(hundred, 0.95)).toBe(95);
    expect(quantile(hundred, 0.991)).toBe(100);
    expect(quantile(hundred, 0)).toBe(1);
    expect(quantile([5, 1, 3], 0.5)).toBe(3);
  });

  test('values spread around their mean', () => {
    expect(spreadOf([1, 2, 6])).toEqual({ mean: 3, squares: 14 });
    expect(spreadOf(Float64Array.of(4, 4))).toEqual({ mean: 4, squares: 0 });
  });

  test('what is counted most often is found, and of equals the least, in any order', () => {
    const counts = [
      ['504', 3],
      ['500', 3],
      ['200', 1],
    ] as const;
    expect(mostOften(counts)).toEqual(['500', 3]);
    expect(mostOften(counts.toReversed())).toEqual(['500', 3]);
    expect(mostOften([])).toBeUndefined();
  });
});
