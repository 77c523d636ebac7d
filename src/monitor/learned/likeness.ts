import { DAY_MS, HOUR_MS, WEEK_MS } from '../slot.ts';
import type { Likeness } from './normal.ts';

/** Weeks, and days, that are looked back at. */
const WEEKS = 4;
const DAYS = 7;
const RECENT = 6;
/** After so much time an hour counts half. */
const HALF_LIFE_MS = 2 * WEEK_MS;

export interface Like {
  readonly likeness: Likeness;
  /** Whether there is a day of the same kind among them: a working day, or one of a weekend. */
  readonly familiar: boolean;
  /** Starts of hours, with how much each counts, newest first. */
  readonly hours: readonly { readonly start: number; readonly weight: number }[];
}

/**
 * The learned hours that are most like the one that begins at `hour`: the same hour of the last weeks,
 * else the same hour of the last days (of days of the same kind, where there are any), else the last
 * ones. `has`: whether an hour was learned.
 */
export function likeHours(hour: number, has: (start: number) => boolean): Like {
  const back = (step: number, count: number) =>
    Array.from({ length: count }, (_, i) => hour - (i + 1) * step).filter(has);
  const weighted = (likeness: Likeness, starts: readonly number[], familiar: boolean): Like => ({
    likeness,
    familiar,
    hours: starts.map((start) => ({ start, weight: weightOf(hour - start) })),
  });
  const weeks = back(WEEK_MS, WEEKS);
  if (weeks.length > 0) return weighted('hour-of-week', weeks, true);
  const days = back(DAY_MS, DAYS);
  const alike = days.filter((start) => isWeekend(start) === isWeekend(hour));
  if (days.length > 0)
    return weighted('hour-of-day', alike.length > 0 ? alike : days, alike.length > 0);
  return weighted('recent', back(HOUR_MS, RECENT), false);
}

/** Decay by age (ms): 1 for now, 0.5 after two weeks. */
function weightOf(age: number): number {
  return 2 ** (-age / HALF_LIFE_MS);
}

function isWeekend(ts: number): boolean {
  const day = new Date(ts).getUTCDay();
  return day === 0 || day === 6;
}
