/** One interval of a monitor: Unix ms, both ends included, aligned on the epoch. */
export interface Slot {
  readonly start: number;
  readonly end: number;
}

/** A slot is learned so long after its end, ms: late calls have come. */
export const FINAL_MS = 180_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;

/** The slot of `interval` ms that holds a moment. */
export function slotAt(ts: number, interval: number): Slot {
  const start = Math.floor(ts / interval) * interval;
  return { start, end: start + interval - 1 };
}
