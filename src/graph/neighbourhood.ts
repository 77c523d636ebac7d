import type { Call } from '../calls/call.ts';

/** Linking learns and decides inside blocks of a fixed grid of time, so that shards and whole agree. */
export const BLOCK_MS = 60_000;
/** How far beyond its block linking looks at most. */
export const LINK_MARGIN_MS = 15_000;
/** Calls beyond either end that linking needs: so long, or so many where they are few. */
const NEAR_MS = 1_000;
const NEAR_CALLS = 3_000;

/**
 * Of calls in time order, those that linking the block `from ≤ ts < to` looks at: the block's own,
 * its neighbours on either side, and what began earlier and was still open then.
 */
export function neighbourhood<T>(
  calls: readonly T[],
  callOf: (item: T) => Call,
  from: number,
  to: number,
): T[] {
  const at = (i: number) => callOf(calls[i] as T).ts;
  let first = 0;
  while (first < calls.length && at(first) < from - LINK_MARGIN_MS) first++;
  let begin = first;
  while (begin < calls.length && at(begin) < from) begin++;
  let end = begin;
  while (end < calls.length && at(end) < to) end++;
  let near = begin;
  while (near > first && (begin - near < NEAR_CALLS || at(near - 1) >= from - NEAR_MS)) near--;
  let last = end;
  while (
    last < calls.length &&
    at(last) < to + LINK_MARGIN_MS &&
    (last - end < NEAR_CALLS || at(last) < to + NEAR_MS)
  ) {
    last++;
  }
  const open = calls.slice(first, near).filter((item) => {
    const { ts, latency } = callOf(item);
    return latency !== undefined && ts + latency >= from - NEAR_MS;
  });
  return [...open, ...calls.slice(near, last)];
}
