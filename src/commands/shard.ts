import { SHARD_MARGIN_MS } from '../profile/profiler.ts';
import type { TimeRange } from '../sources/call-times.ts';
import type { Near } from '../sources/record-place.ts';
import type { Window } from './capture-window.ts';
import type { Shard } from './options.ts';

/** One shard's part of the time. */
export interface Share {
  /** Whether it counts a call of this time (Unix ms): of all shards exactly one does. */
  readonly owns: Near;
  /** Whether it must read one, to count its own as they are counted in the whole. */
  readonly near: Near;
}

/** The share that has a range of time. */
export function shareOf({ from, to }: TimeRange): Share {
  return {
    owns: (ts) => ts >= from && ts < to,
    near: (ts) => from < to && ts >= from - SHARD_MARGIN_MS && ts < to + SHARD_MARGIN_MS,
  };
}

/** Cuts a window evenly; the first range reaches back, and the last on, without end. */
export function rangeOf({ start, end }: Window, { index, count }: Shard): TimeRange {
  const edge = (i: number) => Math.floor(start + ((end + 1 - start) * i) / count);
  return {
    from: index === 0 ? Number.NEGATIVE_INFINITY : edge(index),
    to: index === count - 1 ? Number.POSITIVE_INFINITY : edge(index + 1),
  };
}

/** What of a window must be read for a range of it; both ends included. */
export function readingOf({ from, to }: TimeRange, window: Window): Window {
  return {
    start: Math.max(window.start, from - SHARD_MARGIN_MS),
    end: Math.min(window.end, to - 1 + SHARD_MARGIN_MS),
  };
}
