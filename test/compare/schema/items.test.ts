import { describe, expect, it } from 'vitest';
import { always, type Each, half, lines, shown } from './diff.ts';

describe('the items of an array', () => {
  it.each<[string, Each, Each, readonly string[]]>([
    [
      'that are gone',
      always([1]),
      always([]),
      ['breaking schema.array-emptied: /* has no items any more (60/60 → 0/60).'],
    ],
    [
      'that were there at times',
      half([1], []),
      always([]),
      ['breaking schema.array-emptied: /* has no items any more (30/60 → 0/60).'],
    ],
    [
      'that were there in few cases',
      (i) => (i % 4 ? [] : [1]),
      always([]),
      ['warning schema.array-emptied: /* has no items any more (15/60 → 0/60).'],
    ],
    [
      'that come',
      always([]),
      always([1]),
      ['info schema.array-filled: /* has items now (0/60 → 60/60).'],
    ],
    ['that were never there', always([]), always([]), []],
    [
      'that are fewer, where there were many',
      (i) => Array(i % 2 ? 20 : 3).fill(1),
      (i) => Array(i % 2 ? 10 : 3).fill(1),
      ['warning schema.array-emptied: /* never has 16 items or more any more (30/60 → 0/60).'],
    ],
    [
      'that are as many as no power of two needs, where a third were more',
      (i) => Array(i % 3 ? 3 : 16).fill(1),
      always(Array(8).fill(1)),
      ['warning schema.array-emptied: /* never has 16 items or more any more (20/60 → 0/60).'],
    ],
    [
      'that are fewer, where there seldom were many',
      (i) => Array(i % 4 ? 3 : 20).fill(1),
      always([1, 1, 1]),
      [],
    ],
    [
      'that lack in many, where none lacked any',
      always([1]),
      (i) => (i % 2 ? [1] : []),
      ['warning schema.array-emptied: /* was never empty and is at times (0/60 → 30/60).'],
    ],
    [
      'that lack in a third, where none lacked any',
      always([1]),
      (i) => (i % 3 ? [1] : []),
      ['warning schema.array-emptied: /* was never empty and is at times (0/60 → 20/60).'],
    ],
    [
      'that come at times',
      always([]),
      (i) => (i % 2 ? [1] : []),
      ['info schema.array-filled: /* has items now (0/60 → 30/60).'],
    ],
    ['that lack in some, where none lacked any', always([1]), (i) => (i % 4 ? [1] : []), []],
    [
      'that lack in many, where they did in some',
      (i) => (i % 20 ? [1] : []),
      (i) => (i % 2 ? [1] : []),
      [],
    ],
    [
      'of another type',
      always([1, 2]),
      always(['a b', 'c d']),
      ['breaking schema.type-changed: /* was integer and is string (0/120 → 120/120).'],
    ],
    [
      'of which one has another type',
      (i) => [i, 'x y'],
      (i) => [i, i],
      ['breaking schema.type-changed: /1 was string and is integer (0/60 → 60/60).'],
    ],
    [
      'of which one has another type than the others now',
      (i) => [i, i],
      (i) => [i, 'x y'],
      ['breaking schema.type-changed: /1 was integer and is string (0/60 → 60/60).'],
    ],
    ['that are more', (i) => [i, 'x y'], (i) => [i, 'x y', i], []],
  ])('%s', (_, before, after, expected) => {
    expect(lines(before, after)).toEqual(expected);
  });

  it('that lack at times, or are fewer, in too few cases to decide it, are not told', () => {
    const few = { counts: [20, 20] as const };
    expect(lines(always([1]), (i) => (i % 2 ? [1] : []), few)).toEqual([]);
    expect(lines((i) => Array(i % 2 ? 20 : 3).fill(1), always([1, 1, 1]), few)).toEqual([]);
  });

  it('of one array count as one together', () => {
    const list =
      (bad: number): Each =>
      (i) =>
        Array.from({ length: 30 }, (_, k) => ({ b: 1, ...(i >= bad && { a: k }) }));
    expect(lines(list(0), list(2))[0]).toMatch(/^info .*Chance may explain it\.$/);
    expect(lines(list(0), list(5))[0]).toMatch(/^warning/);
  });

  it('are shown by calls that have the array', () => {
    for (const side of ['baseline', 'candidate'] as const) {
      expect(shown(side, always([1]), (i) => (i % 2 ? [1] : [])).length).toBeGreaterThan(0);
      expect(shown(side, always(Array(9).fill(1)), always([1])).length).toBeGreaterThan(0);
    }
    expect(shown('candidate', always([1]), always([])).length).toBeGreaterThan(0);
    expect(shown('baseline', always([1]), always([])).length).toBeGreaterThan(0);
  });
});

describe('the values of a map', () => {
  const map =
    (value: (i: number, k: number) => unknown, each = 20): Each =>
    (i) =>
      Object.fromEntries(
        Array.from({ length: each }, (_, k) => [`${100_000 + 50 * i + k}`, value(i, k)]),
      );

  it('are told as one, whatever their names', () => {
    expect(
      lines(
        map((i) => i),
        map(() => 'some words'),
      ),
    ).toEqual(['breaking schema.type-changed: /* was integer and is string (0/1200 → 1200/1200).']);
  });

  it('of one map count as one together', () => {
    const some = (bad: number) => map((i) => (i < bad ? null : i));
    expect(lines(some(0), some(2))[0]).toMatch(/^info .*Chance may explain it\.$/);
    expect(lines(some(0), some(5))[0]).toMatch(/^warning/);
  });
});

it('is looked at as deep as schemas are kept', () => {
  const deep =
    (levels: number, value: unknown): Each =>
    () =>
      Array.from({ length: levels }).reduce<unknown>((inside) => ({ a: inside }), value);
  expect(lines(deep(31, 1), deep(31, 'some words'))).toHaveLength(1);
});
