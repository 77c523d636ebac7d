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
  block: Block,
  events: Events,
  parent: number,
  kids: readonly number[],
  gaps: Gaps,
): void {
  if (gaps.event.length <= kids.length) Object.assign(gaps, emptyGaps(2 * kids.length + 1));
  const { event, offset, before, gap } = gaps;
  const { start, end, operation } = block;
  const began = start[parent] as number;
  const ended = end[parent] as number;
  let n = 0;
  for (let i = 0; i < kids.length; i++) {
    const kid = kids[i] as number;
    const at = start[kid] as number;
    const detached = at > ended + ROUNDING;
    const since = detached ? ended : began;
    const last = lastOver(block, kids, i, since, at);
    event[i] = operation[kid] as number;
    offset[i] = n;
    if (last >= 0) before[n] = operation[last] as number;
    else before[n] = detached ? events.last : events.first;
    gap[n++] = at - (last >= 0 ? (end[last] as number) : since);
    const running = latestRunning(block, kids, i, at);
    if (running >= 0) {
      before[n] = events.running(operation[running] as number);
      gap[n++] = at - (start[running] as number);
    }
    if (!detached && last >= 0) {
      before[n] = events.first;
      gap[n++] = at - began;
    }
  }
  gaps.size = kids.length;
  offset[gaps.size] = n;
  if (Number.isNaN(ended)) return;
  const last = lastOver(block, kids, kids.length, began, ended);
  event[gaps.size++] = events.last;
  before[n] = last >= 0 ? (operation[last] as number) : events.first;
  gap[n++] = ended - (last >= 0 ? (end[last] as number) : began);
  offset[gaps.size] = n;
}

/** Of the siblings before the `i`th the last that ended, after `since` and until `at`; -1: none. */
function lastOver(
  { end }: Block,
  kids: readonly number[],
  i: number,
  since: number,
  at: number,
): number {
  let last = -1;
  let latest = since;
  for (let j = i - 1; j >= 0 && j >= i - LOOK_BACK; j--) {
    const over = end[kids[j] as number] as number;
    if (over > latest && over <= at + ROUNDING) {
      latest = over;
      last = kids[j] as number;
    }
  }
  return last;
}

/** Of the siblings before the `i`th the latest that still ran `at` that time; -1: none. */
function latestRunning({ end }: Block, kids: readonly number[], i: number, at: number): number {
  for (let j = i - 1; j >= 0 && j >= i - LOOK_BACK; j--) {
    const kid = kids[j] as number;
    const isOver = (end[kid] as number) <= at + ROUNDING;
    if (!isOver) return kid;
  }
  return -1;
}
