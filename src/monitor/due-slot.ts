import { type Slot, slotAt } from './slot.ts';

interface Course {
  /** Up to where was judged, Unix ms; undefined: nothing yet. */
  readonly judgedTo: number | undefined;
  /** Where to begin then, Unix ms. */
  readonly start: number | undefined;
  /** ms */
  readonly interval: number;
}

/**
 * The slot to judge next. Where nothing was judged, `before` (Unix ms) is the latest moment of which all
 * calls have come, and a first look at less than an interval is one short slot. Slots are aligned on the
 * epoch: where the last one ended elsewhere, as with another interval, a shorter one leads back, unless
 * all up to `last` is one look.
 */
export function dueSlot({ judgedTo, start, interval }: Course, before: number, last: number): Slot {
  const from = judgedTo ?? start ?? slotAt(Math.min(before, last + 1), interval).start - interval;
  const whole = from + interval - 1;
  if (judgedTo === undefined) return { start: from, end: Math.min(last, whole) };
  const isOneLook = last !== Number.POSITIVE_INFINITY;
  return { start: from, end: isOneLook ? whole : slotAt(from, interval).end };
}
