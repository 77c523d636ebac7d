import { describe, expect, it } from 'vitest';
import { likeHours } from '../../../src/monitor/learned/likeness.ts';
import { DAY_MS, HOUR_MS, WEEK_MS } from '../../../src/monitor/slot.ts';

/** A Monday. */
const MONDAY_9 = Date.UTC(2026, 10, 23, 9);
const startsOf = (hour: number, has: (start: number) => boolean) =>
  likeHours(hour, has).hours.map(({ start }) => (hour - start) / HOUR_MS);

describe('hours like this one', () => {
  it('are the same hours of the weeks before, four at most, newer ones counting more', () => {
    const { likeness, hours } = likeHours(MONDAY_9, () => true);
    expect(likeness).toBe('hour-of-week');
    expect(hours.map(({ start }) => (MONDAY_9 - start) / WEEK_MS)).toEqual([1, 2, 3, 4]);
    const weights = hours.map(({ weight }) => weight);
    expect(weights[1]).toBeCloseTo(0.5, 9);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  });

  it('else the same hour of the days before, of days of the same kind', () => {
    const thisWeek = (start: number) => start > MONDAY_9 - WEEK_MS;
    expect(likeHours(MONDAY_9, thisWeek).likeness).toBe('hour-of-day');
    // Friday and the days before it: Saturday and Sunday are no working days.
    expect(startsOf(MONDAY_9, thisWeek)).toEqual([72, 96, 120, 144]);
    expect(likeHours(MONDAY_9, thisWeek).familiar).toBe(true);
    const weekend = (start: number) => start > MONDAY_9 - 2.5 * DAY_MS;
    expect(likeHours(MONDAY_9, weekend)).toMatchObject({
      likeness: 'hour-of-day',
      familiar: false,
    });
    const saturday = MONDAY_9 - 2 * DAY_MS;
    expect(startsOf(saturday, (start) => start > saturday - 5 * DAY_MS)).toEqual([24, 48, 72, 96]);
  });

  it('else the last hours', () => {
    const today = (start: number) => start >= MONDAY_9 - 9 * HOUR_MS;
    expect(likeHours(MONDAY_9, today).likeness).toBe('recent');
    expect(startsOf(MONDAY_9, today)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(startsOf(MONDAY_9, () => false)).toEqual([]);
  });
});
