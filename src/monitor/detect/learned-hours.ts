import type { LearnedHour, Normal } from '../learned/normal.ts';
import { HOUR_MS } from '../slot.ts';

/** The newest hours may hold the very event that is to be seen. */
const TOO_NEW = 6;
/** An hour of which less was observed says nothing of its rate. */
const LEAST_OBSERVED = 0.5;

/**
 * The hours that say what an operation usually does: those that are comparable with now, and those
 * of the last day but the newest, which tell how much it varies. Each once, oldest first. On a first
 * day there are but the newest: of them those that ended before what goes on began (Unix ms), else it
 * would be normal by the next hour.
 */
export function learnedHours(
  normal: Normal,
  operation: string,
  began = Number.POSITIVE_INFINITY,
): readonly LearnedHour[] {
  const hours = new Map<number, LearnedHour>();
  const recent = normal.recent(operation);
  const usual = normal.usual(operation);
  for (const hour of recent.slice(TOO_NEW)) hours.set(hour.start, hour);
  if (usual !== undefined && (usual.likeness !== 'recent' || hours.size === 0)) {
    const isNewest = usual.likeness === 'recent';
    for (const hour of usual.hours) {
      if (!isNewest || hour.start + HOUR_MS <= began) hours.set(hour.start, hour);
    }
  }
  return [...hours.values()].sort((a, b) => a.start - b.start);
}

/**
 * The hours whose number of calls is comparable with now: the same hour of the week, or of another
 * working day while now is far from any weekend. None where no such was learned: a first weekend
 * is not an outage.
 */
export function comparableHours(
  normal: Normal,
  operation: string,
  now: number,
): readonly LearnedHour[] {
  const usual = normal.usual(operation);
  if (usual === undefined || usual.likeness === 'recent') return [];
  const observed = usual.hours.filter((hour) => hour.observed >= LEAST_OBSERVED);
  if (usual.likeness === 'hour-of-week') return observed;
  return isMidweek(now) ? observed.filter(({ start }) => isMidweek(start)) : [];
}

/** Monday noon to Friday noon UTC: nowhere on earth a weekend. */
function isMidweek(ts: number): boolean {
  const sinceMonday = (ts / HOUR_MS + 3 * 24) % (7 * 24);
  return sinceMonday >= 12 && sinceMonday < 4 * 24 + 12;
}
