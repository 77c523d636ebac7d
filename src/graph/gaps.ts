import type { Block } from './block.ts';

/** Timestamps are whole ms: an event that ended this late (ms) may still have come before. */
const ROUNDING = 1;
/** How many siblings back the event before is looked for. */
const LOOK_BACK = 12;
/** An event waits for one of so many events at most. */
const MAX_ANCHORS = 3;

/** Names of events within a handled call: each child operation's end, its start, and the call's own. */
export interface Events {
  readonly count: number;
  readonly first: number;
  readonly last: number;
  /** Start of a child of this operation that is still running. */
  readonly running: (operation: number) => number;
}

export function eventsOf(operations: number): Events {
  return {
    count: 2 * operations + 2,
    first: operations,
    last: operations + 1,
    running: (operation) => operations + 2 + operation,
  };
}

/**
 * The events within one handled call (each child's start, the end of the whole) as columns, reused.
 * Each has one to three anchors, events before it that it may have waited for: the last that had
 * ended, the start of the latest sibling still running, the start of the whole. Those of event `i`
 * are `before[offset[i]] … before[offset[i + 1] − 1]`, with the gap (ms) from each.
 */
export interface Gaps {
  size: number;
  event: Int32Array;
  offset: Int32Array;
  before: Int32Array;
  gap: Float64Array;
}

export function emptyGaps(capacity = 64): Gaps {
  return {
    size: 0,
    event: new Int32Array(capacity),
    offset: new Int32Array(capacity + 1),
    before: new Int32Array(MAX_ANCHORS * capacity),
    gap: new Float64Array(MAX_ANCHORS * capacity),
  };
}

/** Fills `gaps` for `parent` having caused `kids`, which are in order of start. */
export function fillGaps(
  { start, end, operation }: Block,
  events: Events,
  parent: number,
  kids: readonly number[],
  gaps: Gaps,
): void {
  if (gaps.event.length <= kids.length) Object.assign(gaps, emptyGaps(2 * kids.length + 1));
  const { event, offset, before, gap } = gaps;
  const began = start[parent] as number;
  const ended = end[parent] as number;
  let n = 0;
  for (let i = 0; i < kids.length; i++) {
    const kid = kids[i] as number;
    const at = start[kid] as number;
    const detached = at > ended + ROUNDING;
    let last = detached ? events.last : events.first;
    let anchor = detached ? ended : began;
    let running = -1;
    for (let j = i - 1; j >= 0 && j >= i - LOOK_BACK; j--) {
      const sibling = kids[j] as number;
      const over = end[sibling] as number;
      if (over <= at + ROUNDING) {
        if (over > anchor) {
          anchor = over;
          last = operation[sibling] as number;
        }
      } else if (running < 0) running = sibling;
    }
    event[i] = operation[kid] as number;
    offset[i] = n;
    before[n] = last;
    gap[n++] = at - anchor;
    if (running >= 0) {
      before[n] = events.running(operation[running] as number);
      gap[n++] = at - (start[running] as number);
    }
    if (!detached && last !== events.first) {
      before[n] = events.first;
      gap[n++] = at - began;
    }
  }
  gaps.size = kids.length;
  offset[gaps.size] = n;
  if (Number.isNaN(ended)) return;
  let last = events.first;
  let anchor = began;
  for (let j = kids.length - 1; j >= 0 && j >= kids.length - LOOK_BACK; j--) {
    const kid = kids[j] as number;
    const over = end[kid] as number;
    if (over > anchor && over <= ended + ROUNDING) {
      anchor = over;
      last = operation[kid] as number;
    }
  }
  event[gaps.size++] = events.last;
  before[n] = last;
  gap[n++] = ended - anchor;
  offset[gaps.size] = n;
}
