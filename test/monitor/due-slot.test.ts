import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dueSlot } from '../../src/monitor/due-slot.ts';

const ALL = Number.POSITIVE_INFINITY;
const moment = fc.integer({ min: 1, max: 2_000_000_000_000 });
const seconds = fc.integer({ min: 10, max: 86_400 }).map((n) => n * 1_000);

it('slots follow one another without gaps, and are back on the epoch with the second', () => {
  fc.assert(
    fc.property(moment, seconds, (judgedTo, interval) => {
      const first = dueSlot({ judgedTo, start: undefined, interval }, 0, ALL);
      expect(first.start).toBe(judgedTo);
      expect(first.end - first.start).toBeLessThan(interval);
      const second = dueSlot({ judgedTo: first.end + 1, start: undefined, interval }, 0, ALL);
      expect(second.start % interval).toBe(0);
      expect(second.end - second.start).toBe(interval - 1);
    }),
  );
});

it('one look of a part of an interval is one slot, and a longer one has whole ones', () => {
  const given = { judgedTo: undefined, start: 90_000, interval: 60_000 };
  expect(dueSlot(given, 0, 99_999)).toEqual({ start: 90_000, end: 99_999 });
  expect(dueSlot(given, 0, 299_999)).toEqual({ start: 90_000, end: 149_999 });
  const further = { ...given, judgedTo: 150_000 };
  expect(dueSlot(further, 0, 299_999)).toEqual({ start: 150_000, end: 209_999 });
});
