import type { Block } from './block.ts';
import { CLOCK_SLACK } from './candidates.ts';
import { Delays } from './delays.ts';
import { FanOutSizes, memberHash } from './fan-out-sizes.ts';

/** Timestamps are whole ms: an event that ended this late (ms) may still have come before. */
const ROUNDING = 1;
/** How many siblings back the event before a child is looked for. */
const LOOK_BACK = 12;
/** Share of a caller's calls taken to have no cause, before anything is learned. */
const ORPHANS_AT_FIRST = 0.02;

/**
 * How likely a handled call is to have caused just these calls: how many of which operation, how
 * long after the event before each started, and how long after the last the handled call ended.
 * Calls without a cause are a background process per operation. All densities are per ms, so the
 * alternatives compete.
 */
export class Model {
  readonly #block: Block;
  readonly #first: number;
  readonly #last: number;
  readonly #hashes: Float64Array;
  readonly #scratch: Int32Array;
  readonly #orphans: Float64Array;
  #delays: Delays;
  #sizes: FanOutSizes;

  constructor(block: Block, childCounts: Float64Array, duration: number) {
    this.#block = block;
    this.#first = block.operations;
    this.#last = block.operations + 1;
    this.#hashes = Float64Array.from({ length: block.operations }, (_, op) => memberHash(op));
    this.#scratch = new Int32Array(block.operations);
    this.#orphans = childCounts.map((n) => Math.log((n * ORPHANS_AT_FIRST + 0.1) / duration));
    this.#delays = new Delays(block.operations + 2);
    this.#sizes = new FanOutSizes(block.operations);
    this.#delays.settle();
    this.#sizes.settle();
  }

  /** Log density of a call of this kind without a cause. */
  orphan(child: number): number {
    return this.#orphans[this.#block.operation[child] as number] as number;
  }

  /** Log likelihood of `parent` having caused just `kids`, which are in order of start. */
  caused(parent: number, kids: readonly number[]): number {
    const { operation } = this.#block;
    const op = operation[parent] as number;
    let log = this.#sizes.log(op, kids, operation, this.#hashes, this.#scratch);
    this.#eachGap(parent, kids, (event, before, gap) => {
      log += this.#delays.log(op, event, before, gap);
    });
    return log;
  }

  /** Learns anew from an assignment: the children of each handled call. */
  learn(
    handled: Iterable<number>,
    kidsOf: (parent: number) => readonly number[],
    orphans: Float64Array,
    duration: number,
  ): void {
    const { operation, operations } = this.#block;
    const delays = new Delays(operations + 2);
    const sizes = new FanOutSizes(operations);
    const counts = new Map<number, number>();
    for (const parent of handled) {
      const op = operation[parent] as number;
      const kids = kidsOf(parent);
      this.#eachGap(parent, kids, (event, before, gap) => delays.add(op, event, before, gap, 1));
      counts.clear();
      let hash = 0;
      for (const kid of kids) {
        const child = operation[kid] as number;
        counts.set(child, (counts.get(child) ?? 0) + 1);
        hash += this.#hashes[child] as number;
      }
      sizes.add(op, hash % 4_294_967_296, counts);
    }
    delays.settle();
    sizes.settle();
    this.#delays = delays;
    this.#sizes = sizes;
    for (let op = 0; op < operations; op++) {
      this.#orphans[op] = Math.log(((orphans[op] as number) + 0.1) / duration);
    }
  }

  #eachGap(
    parent: number,
    kids: readonly number[],
    tell: (event: number, before: number, gap: number) => void,
  ): void {
    const { start, end, operation } = this.#block;
    const began = start[parent] as number;
    const ended = end[parent] as number;
    for (let i = 0; i < kids.length; i++) {
      const kid = kids[i] as number;
      const at = start[kid] as number;
      let before = this.#first;
      let anchor = began;
      if (at > ended + CLOCK_SLACK) {
        before = this.#last;
        anchor = ended;
      }
      for (let j = i - 1; j >= 0 && j >= i - LOOK_BACK; j--) {
        const sibling = kids[j] as number;
        const over = end[sibling] as number;
        if (over > anchor && over <= at + ROUNDING) {
          anchor = over;
          before = operation[sibling] as number;
        }
      }
      tell(operation[kid] as number, before, at - anchor);
    }
    if (Number.isNaN(ended)) return;
    let before = this.#first;
    let anchor = began;
    for (let j = kids.length - 1; j >= 0 && j >= kids.length - LOOK_BACK; j--) {
      const kid = kids[j] as number;
      const over = end[kid] as number;
      if (over > anchor && over <= ended + CLOCK_SLACK) {
        anchor = over;
        before = operation[kid] as number;
      }
    }
    tell(this.#last, before, ended - anchor);
  }
}
