import { expect, it } from 'vitest';
import { WaitingHours } from '../../../../src/monitor/detect/traffic/waiting-hours.ts';
import { slotAt } from '../../../../src/monitor/slot.ts';
import { DAY, HOUR, INTERVAL, MONDAY } from '../situation.ts';

const TEN = MONDAY + 10 * HOUR;
const SHAPE = { variation: 0.1, high: 50, low: 20 };

const slot = (start: number) => slotAt(start, INTERVAL);
const taken = (hours: WaitingHours, at: number) =>
  hours.take(slot(at)).map(({ start, shapes }) => [start, [...shapes.keys()]]);

it('an hour counts once half a day has gone by, and once', () => {
  const hours = new WaitingHours();
  hours.add(TEN, 'orders', SHAPE);
  expect(taken(hours, TEN + 12 * HOUR)).toEqual([]);
  const kept = new WaitingHours().restore(JSON.parse(JSON.stringify(hours)));
  for (const each of [hours, kept]) {
    expect(each.take(slot(TEN + 13 * HOUR))).toEqual([
      { start: TEN, shapes: new Map([['orders', SHAPE]]) },
    ]);
    expect(taken(each, TEN + 14 * HOUR)).toEqual([]);
  }
});

it('what was an event counts only where it comes again a day later', () => {
  let hours = new WaitingHours();
  for (const day of [TEN, TEN + DAY]) {
    // It began in the last minutes of the hour before, which nothing showed yet.
    hours.noteEvent('orders', slot(day + HOUR));
    for (const name of ['cart', 'orders']) hours.add(day, name, SHAPE);
    hours = new WaitingHours().restore(JSON.parse(JSON.stringify(hours)));
    const expected = day === TEN ? ['cart'] : ['cart', 'orders'];
    expect(taken(hours, day + 13 * HOUR)).toEqual([[day, expected]]);
  }
});

it('an hour was an event unless that lasts or comes again', () => {
  const hours = new WaitingHours();
  const was = (start: number, now: number) => hours.wasEvent('orders', start, slot(now));
  hours.noteEvent('orders', slot(TEN));
  expect([-HOUR, 0, HOUR].map((by) => was(TEN + by, TEN + DAY))).toEqual([false, true, false]);
  expect(hours.wasEvent('cart', TEN, slot(TEN + DAY))).toBe(false);
  const kept = new WaitingHours().restore(JSON.parse(JSON.stringify(hours)));
  kept.take(slot(TEN + 30 * DAY));
  expect(kept.wasEvent('orders', TEN, slot(TEN + 30 * DAY))).toBe(true);
  for (const again of [TEN + DAY, TEN + 7 * DAY]) {
    hours.noteEvent('orders', slot(again));
    expect([was(TEN, again), was(again, again)]).toEqual([true, false]);
    expect([was(TEN, again + DAY), was(again, again + DAY)]).toEqual([false, false]);
    hours.take(slot(TEN + 40 * DAY));
    hours.noteEvent('orders', slot(TEN));
  }
});
