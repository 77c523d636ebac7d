import { bell } from './draw.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** A Monday, 00:00 UTC: the first week is learned, the second is judged. */
export const BEGIN = Date.UTC(2026, 5, 1);

/** How traffic goes over a week. */
export type Shape = 'people' | 'office' | 'flat' | 'night';

/** Share of its weekday peak that a kind of traffic has at a moment; Monday's peak is 1.15. */
export function shapeAt(shape: Shape, ts: number): number {
  const since = (((ts - BEGIN) % WEEK) + WEEK) % WEEK;
  const day = Math.floor(since / DAY);
  const hour = (since % DAY) / HOUR;
  switch (shape) {
    case 'flat':
      return 1;
    case 'night':
      return hour >= 2 && hour < 2.4 ? 1 : 0;
    case 'office':
      return day < 5 && hour >= 8 && hour < 18 ? 1 - (0.5 * Math.abs(hour - 13)) / 5 : 0;
    case 'people':
      return people(since / DAY, hour);
  }
}

/** Five times as much at 14:00 as at 02:00; on a weekend two fifths of it, on a Monday more. */
function people(days: number, hour: number): number {
  const wave = ((1 + Math.cos((2 * Math.PI * (hour - 14)) / 24)) / 2) ** 1.2;
  return (0.2 + 0.8 * wave) * weekday(days);
}

/** The days' weights, one passing into the next within four hours about midnight. */
function weekday(days: number): number {
  const weights = [1.15, 1, 1, 1, 1, 0.4, 0.4];
  const at = (day: number) => weights[((day % 7) + 7) % 7] as number;
  const day = Math.floor(days);
  const into = days - day;
  const edge = 2 / 24;
  if (into < edge) return mean(at(day - 1), at(day), 0.5 + into / edge / 2);
  if (into > 1 - edge) return mean(at(day), at(day + 1), (into - 1 + edge) / edge / 2);
  return at(day);
}

const mean = (a: number, b: number, share: number) => a + (b - a) * share;

/** exp of a slow wandering about 0: `spread` is its log-deviation, `period` the time between its knots, ms. */
export function wander(
  spread: number,
  period: number,
  ts: number,
  ...of: readonly number[]
): number {
  const knot = Math.floor(ts / period);
  const into = ts / period - knot;
  return Math.exp(spread * mean(bell(knot, ...of), bell(knot + 1, ...of), into));
}
