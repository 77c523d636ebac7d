import type { BookContext } from './book-context.ts';

/** Slots, and times in them that a deviation must have begun, each after a quiet slot. */
const SLOTS = 12;
const TIMES = 3;
const MAX_NAMES = 2_000;

/** When deviations began of late, by key: the starts of their first slots, Unix ms, ascending. */
export type Beginnings = Map<string, readonly number[]>;

/**
 * Notes that a deviation begins. Gives when it first began where it comes and goes, else undefined: what
 * is bad in every other slot is never seen in two in a row.
 */
export function beginAgain(
  beginnings: Beginnings,
  key: string,
  { slot }: Pick<BookContext, 'slot'>,
): number | undefined {
  const from = countedAfter(slot);
  const all = [...(beginnings.get(key) ?? []).filter((start) => start > from), slot.start];
  beginnings.delete(key);
  beginnings.set(key, all.slice(-SLOTS));
  if (beginnings.size > MAX_NAMES) beginnings.delete(beginnings.keys().next().value as string);
  return all.length >= TIMES ? all[0] : undefined;
}

/** Forgets what began longer ago than counts. */
export function forgetBeginnings(
  beginnings: Beginnings,
  { slot }: Pick<BookContext, 'slot'>,
): void {
  const from = countedAfter(slot);
  for (const [key, starts] of beginnings) {
    if ((starts.at(-1) ?? from) <= from) beginnings.delete(key);
  }
}

/** Beginnings up to then no longer count, Unix ms. */
function countedAfter({ start, end }: BookContext['slot']): number {
  return start - SLOTS * (end - start + 1);
}
