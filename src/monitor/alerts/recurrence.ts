import type { BookContext } from './book-context.ts';
import type { Deviation } from './deviation.ts';

/** Slots, and times in them that a deviation must have begun, each after a quiet slot. */
const SLOTS = 12;
const TIMES = 3;
/** Times in a row at even distances, at most so far from each other (ms), that are no chance either. */
const EVEN_TIMES = 5;
const FARTHEST_MS = 2 * 3_600_000;
const MAX_KEPT = 48;
const MAX_NAMES = 2_000;

type Now = Pick<BookContext, 'slot'>;

/** When deviations began of late, by key: the starts of their first slots, Unix ms, ascending. */
export type Beginnings = Map<string, readonly number[]>;

/** That a deviation comes and goes. */
export interface Recurrence {
  /** When it first began, Unix ms. */
  readonly since: number;
  /** ms from one beginning to the next, where that is even. */
  readonly every: number | undefined;
}

/**
 * Notes that a deviation begins; tells where it comes and goes: what is bad in every other slot, or for
 * some minutes in each hour, is never seen in two in a row. What comes at even distances is one by its rule
 * and workload, since another operation may be the worst each time.
 */
export function beginAgain(
  beginnings: Beginnings,
  { key, rule, subject }: Pick<Deviation, 'key' | 'rule' | 'subject'>,
  now: Now,
): Recurrence | undefined {
  const { start } = now.slot;
  const close = note(beginnings, key, now).filter((begun) => begun > start - SLOTS * lengthOf(now));
  const all = note(beginnings, JSON.stringify([rule, subject.workload]), now);
  if (close.length >= TIMES) return { since: close[0] as number, every: undefined };
  return evenly(all, now);
}

/** When it began so far, with now. */
function note(beginnings: Beginnings, name: string, now: Now): readonly number[] {
  const { start } = now.slot;
  const oldest = keptFrom(now);
  const before = (beginnings.get(name) ?? []).filter((begun) => begun > oldest && begun < start);
  const all = [...before, start].slice(-MAX_KEPT);
  beginnings.delete(name);
  beginnings.set(name, all);
  if (beginnings.size > MAX_NAMES) beginnings.delete(beginnings.keys().next().value as string);
  return all;
}

/** Forgets what began longer ago than counts. */
export function forgetBeginnings(beginnings: Beginnings, now: Now): void {
  const oldest = keptFrom(now);
  for (const [key, starts] of beginnings) {
    if ((starts.at(-1) ?? oldest) <= oldest) beginnings.delete(key);
  }
}

/** Whether the last of the beginnings comes so many times in a row at even distances, but for a slot. */
function evenly(all: readonly number[], now: Now): Recurrence | undefined {
  const { start } = now.slot;
  const near = lengthOf(now);
  for (const before of all.slice(0, -1).reverse()) {
    const every = start - before;
    if (every > FARTHEST_MS) break;
    const earlier = Array.from({ length: EVEN_TIMES - 1 }, (_, i) =>
      all.find((begun) => Math.abs(begun - (start - (i + 1) * every)) <= near),
    );
    const since = earlier.at(-1);
    if (since !== undefined && !earlier.includes(undefined)) return { since, every };
  }
  return undefined;
}

/** Beginnings up to then no longer count, Unix ms. */
function keptFrom(now: Now): number {
  const reach = Math.max(SLOTS * lengthOf(now), (EVEN_TIMES - 1) * FARTHEST_MS + lengthOf(now));
  return now.slot.start - reach - 1;
}

function lengthOf({ slot: { start, end } }: Now): number {
  return end - start + 1;
}
