import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byAge, type Dated, roll } from '../../src/store/rolling.ts';

const window = (end: number): Dated => ({ end, key: `w${end}` });
const ends = fc.uniqueArray(fc.integer({ min: 0, max: 1_000 }), { maxLength: 30 });
const keep = fc.integer({ min: 1, max: 12 });
const maxAge = fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: undefined });
const now = 1_000;

describe('a rolling baseline', () => {
  test('keeps exactly the newest N that are young enough, in order of time', () => {
    fc.assert(
      fc.property(ends, ends, keep, maxAge, (stored, fresh, n, age) => {
        const { kept } = roll(stored.map(window), fresh.map(window), {
          keep: n,
          maxAge: age,
          now,
        });
        const young = [...new Set([...stored, ...fresh])].filter(
          (end) => now - end <= (age ?? now),
        );
        expect(kept.map(({ end }) => end)).toEqual(young.sort((a, b) => a - b).slice(-n));
      }),
    );
  });

  test('is the same one by one as all at once, and twice as once', () => {
    fc.assert(
      fc.property(ends, ends, keep, maxAge, (first, second, n, age) => {
        const policy = { keep: n, maxAge: age, now };
        const step = (stored: readonly Dated[], fresh: readonly Dated[]) =>
          roll(stored, fresh, policy).kept;
        const [a, b] = [first.map(window), second.map(window)];
        const oneByOne = [...a, ...b].reduce((all: readonly Dated[], one) => step(all, [one]), []);
        expect(oneByOne).toEqual(step(a, b));
        expect(step(step(a, b), b)).toEqual(step(a, b));
      }),
    );
  });

  test('parts by age without losing one', () => {
    fc.assert(
      fc.property(ends, maxAge, (all, age) => {
        const { kept, aged } = byAge(all.map(window), age, now);
        expect(kept.length + aged.length).toBe(all.length);
        expect(aged.every(({ end }) => now - (end ?? 0) > (age ?? 0))).toBe(true);
      }),
    );
    expect(byAge([{ end: null }], 1, now)).toEqual({ kept: [], aged: [{ end: null }] });
  });
});
