import type { Block } from './block.ts';
import type { Exact } from './exact.ts';

/** A child may seem to start this long (ms) before its parent: host clocks differ. */
export const CLOCK_SLACK = 3;
/** How long (ms) after its parent's end an asynchronous child may start. */
const ASYNC_MS = 500;
const MAX_OPEN = 24;
const MAX_ENDED = 4;
/** A handled call without a response is taken to be open this long (ms). */
const OPEN_WITHOUT_RESPONSE = 5_000;
const MAX_SCAN = 512;

/** Possible parents of each call: `parents[offset[c]] … parents[offset[c + 1] − 1]`, latest start first. */
export interface Candidates {
  readonly offset: Int32Array;
  readonly parents: Int32Array;
  /** 1: headers say that the cause is among them. */
  readonly exact: Uint8Array;
  /**
   * The share (0…1) of the handled calls open around its start that are among them, and of those around
   * its siblings, from which delays are learned.
   */
  readonly considered: Float32Array;
}

/**
 * The handled calls that could have caused each call: open around its start, or just ended. One
 * sweep through time a list; the work a call causes is bounded.
 */
export function candidatesOf(block: Block, { narrowed, excluded }: Exact): Candidates {
  const found: (readonly number[] | undefined)[] = new Array(block.size);
  const considered = new Float32Array(block.size).fill(1);
  const byList = new Map<number, number[]>();
  for (let c = 0; c < block.size; c++) {
    const list = block.causes[c] as number;
    if (list < 0) continue;
    const children = byList.get(list);
    if (children) children.push(c);
    else byList.set(list, [c]);
  }
  for (const [list, children] of byList) {
    sweep(block, block.handled[list] as Int32Array, children, found, considered);
  }
  const exact = new Uint8Array(block.size);
  for (let c = 0; c < block.size; c++) {
    const told = narrowed.get(c);
    if (told) {
      found[c] = told;
      exact[c] = 1;
      considered[c] = 1;
    } else if (found[c]?.some((parent) => excluded(parent, c))) {
      found[c] = found[c]?.filter((parent) => !excluded(parent, c));
    }
  }
  const offset = new Int32Array(block.size + 1);
  for (let c = 0; c < block.size; c++) {
    offset[c + 1] = (offset[c] as number) + (found[c]?.length ?? 0);
  }
  const parents = new Int32Array(offset[block.size] as number);
  for (let c = 0; c < block.size; c++) parents.set(found[c] ?? [], offset[c] as number);
  return { offset, parents, exact, considered };
}

function sweep(
  block: Block,
  handled: Int32Array,
  children: readonly number[],
  found: (readonly number[] | undefined)[],
  considered: Float32Array,
): void {
  const { start, end } = block;
  let open: number[] = [];
  let next = 0;
  let sum = 0;
  for (const child of children) {
    const at = start[child] as number;
    while (
      next < handled.length &&
      (start[handled[next] as number] as number) <= at + CLOCK_SLACK
    ) {
      open.push(handled[next++] as number);
    }
    const { running, ended, gone, all } = around(block, open, child);
    if (gone * 2 > open.length) {
      open = open.filter((p) => openUntil(start[p] as number, end[p] as number) + ASYNC_MS >= at);
    }
    considered[child] = all === 0 ? 1 : running.length / all;
    sum += considered[child] as number;
    found[child] = ended.length === 0 ? running : [...running, ...ended];
  }
  const share = sum / children.length;
  for (const child of children) considered[child] = (considered[child] as number) * share;
}

/** Of the handled calls in order of their start: those open when a call starts, the latest first, and those that just ended. */
function around(block: Block, handled: readonly number[], child: number) {
  const { start, end } = block;
  const at = start[child] as number;
  const running: number[] = [];
  const ended: number[] = [];
  let gone = 0;
  let all = 0;
  const oldest = Math.max(0, handled.length - MAX_SCAN);
  for (let i = handled.length - 1; i >= oldest; i--) {
    const parent = handled[i] as number;
    const until = openUntil(start[parent] as number, end[parent] as number);
    if (until + CLOCK_SLACK >= at) {
      if (parent === child || isLoop(block, parent, child)) continue;
      all++;
      if (running.length < MAX_OPEN) running.push(parent);
    } else if (until + ASYNC_MS >= at) {
      if (ended.length < MAX_ENDED && running.length < MAX_OPEN) ended.push(parent);
    } else gone++;
  }
  return { running, ended, gone, all };
}

function openUntil(start: number, end: number): number {
  return Number.isNaN(end) ? start + OPEN_WITHOUT_RESPONSE : end;
}

/** A workload that calls itself: of two calls in the same moment, the one that contains the other is the cause. */
function isLoop(block: Block, parent: number, child: number): boolean {
  if (block.causes[parent] !== block.causes[child]) return false;
  const later = (block.start[parent] as number) - (block.start[child] as number);
  const longer = (block.end[parent] as number) - (block.end[child] as number);
  return later > 0 || (later === 0 && (longer < 0 || (!(longer > 0) && parent > child)));
}
