import type { Block } from './block.ts';

/** Timestamps are whole ms: an event that ended this late (ms) may still have come before. */
const ROUNDING = 1;
/** How many siblings back the event before is looked for. */
const LOOK_BACK = 12;

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

/** No such event. */
export const NO_EVENT = -1;

/**
 * The events within one handled call (each child's start, the end of the whole) as columns, reused:
 * the gap (ms) from the last event that had ended before it, and from the start of the latest
 * sibling still running.
 */
export interface Gaps {
  size: number;
  event: Int32Array;
  before: Int32Array;
  gap: Float64Array;
  beside: Int32Array;
  gapBeside: Float64Array;
}

export function emptyGaps(capacity = 64): Gaps {
  return {
    size: 0,
    event: new Int32Array(capacity),
    before: new Int32Array(capacity),
    gap: new Float64Array(capacity),
    beside: new Int32Array(capacity),
    gapBeside: new Float64Array(capacity),
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
  const began = start[parent] as number;
  const ended = end[parent] as number;
  for (let i = 0; i < kids.length; i++) {
    const kid = kids[i] as number;
    const at = start[kid] as number;
    const detached = at > ended + ROUNDING;
    let before = detached ? events.last : events.first;
    let anchor = detached ? ended : began;
    let beside = NO_EVENT;
    let gapBeside = 0;
    for (let j = i - 1; j >= 0 && j >= i - LOOK_BACK; j--) {
      const sibling = kids[j] as number;
      const over = end[sibling] as number;
      if (over <= at + ROUNDING) {
        if (over > anchor) {
          anchor = over;
          before = operation[sibling] as number;
        }
      } else if (beside === NO_EVENT) {
        beside = events.running(operation[sibling] as number);
        gapBeside = at - (start[sibling] as number);
      }
    }
    gaps.event[i] = operation[kid] as number;
    gaps.before[i] = before;
    gaps.gap[i] = at - anchor;
    gaps.beside[i] = beside;
    gaps.gapBeside[i] = gapBeside;
  }
  gaps.size = kids.length;
  if (Number.isNaN(ended)) return;
  let before = events.first;
  let anchor = began;
  for (let j = kids.length - 1; j >= 0 && j >= kids.length - LOOK_BACK; j--) {
    const kid = kids[j] as number;
    const over = end[kid] as number;
    if (over > anchor && over <= ended + ROUNDING) {
      anchor = over;
      before = operation[kid] as number;
    }
  }
  const i = gaps.size++;
  gaps.event[i] = events.last;
  gaps.before[i] = before;
  gaps.gap[i] = ended - anchor;
  gaps.beside[i] = NO_EVENT;
}
