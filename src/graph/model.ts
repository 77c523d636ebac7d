import type { Block } from './block.ts';
import { Delays } from './delays.ts';
import { Detachment, overrun } from './detachment.ts';
import { FanOutSizes, memberHash } from './fan-out-sizes.ts';
import { type Events, emptyGaps, eventsOf, fillGaps, NO_EVENT } from './gaps.ts';

/** Share of a caller's calls taken to have no cause, before anything is learned. */
const ORPHANS_AT_FIRST = 0.02;

/** What to learn from, and what not. */
export interface Lesson {
  /** Whether a handled call's delays are told apart from its neighbours'. */
  readonly isClear: (parent: number) => boolean;
  /** Calls without a cause by operation; undefined: too early to tell. */
  readonly orphans: Float64Array | undefined;
}

/**
 * How likely a handled call is to have caused just these calls: how many of which operation, how
 * long after the event before each started, and how long after the last the handled call ended.
 * Calls without a cause are a background process per operation. All densities are per ms, so the
 * alternatives compete.
 */
export class Model {
  readonly #block: Block;
  readonly #events: Events;
  readonly #gaps = emptyGaps();
  readonly #hashes: Float64Array;
  readonly #scratch: Int32Array;
  readonly #orphans: Float64Array;
  readonly #duration: number;
  readonly #calls: Float64Array;
  #delays: Delays;
  #sizes: FanOutSizes;
  #detachment: Detachment;

  constructor(block: Block, childCounts: Float64Array, duration: number) {
    this.#block = block;
    this.#duration = duration;
    this.#calls = childCounts;
    this.#events = eventsOf(block.operations);
    this.#hashes = Float64Array.from({ length: block.operations }, (_, op) => memberHash(op));
    this.#scratch = new Int32Array(block.operations);
    this.#orphans = childCounts.map((n) => Math.log((n * ORPHANS_AT_FIRST + 0.1) / duration));
    this.#delays = new Delays(this.#events.count);
    this.#sizes = new FanOutSizes(block.operations);
    this.#detachment = new Detachment(block.operations);
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
    const g = this.#gaps;
    fillGaps(this.#block, this.#events, parent, kids, g);
    for (let i = 0; i < g.size; i++) {
      const event = g.event[i] as number;
      const alone = this.#delays.log(op, event, g.before[i] as number, g.gap[i] as number);
      const beside = g.beside[i] as number;
      log +=
        beside === NO_EVENT
          ? alone
          : logSum(alone, this.#delays.log(op, event, beside, g.gapBeside[i] as number));
    }
    const { end } = this.#block;
    const until = end[parent] as number;
    for (let i = 0; i < kids.length; i++) {
      const kid = kids[i] as number;
      log += this.#detachment.log(
        op,
        operation[kid] as number,
        overrun((end[kid] as number) - until),
      );
    }
    return log;
  }

  /** Learns anew from an assignment: the children of each handled call. */
  learn(
    handled: Iterable<number>,
    kidsOf: (parent: number) => readonly number[],
    { isClear, orphans }: Lesson,
  ): void {
    const { end, operation, operations } = this.#block;
    const delays = new Delays(this.#events.count);
    const sizes = new FanOutSizes(operations);
    const detachment = new Detachment(operations);
    const counts = new Map<number, number>();
    for (const parent of handled) {
      const op = operation[parent] as number;
      const kids = kidsOf(parent);
      if (isClear(parent)) {
        this.#learnGaps(op, parent, kids, delays);
      }
      counts.clear();
      let hash = 0;
      for (const kid of kids) {
        const child = operation[kid] as number;
        counts.set(child, (counts.get(child) ?? 0) + 1);
        detachment.add(op, child, overrun((end[kid] as number) - (end[parent] as number)));
        hash += this.#hashes[child] as number;
      }
      sizes.add(op, hash % 4_294_967_296, counts);
    }
    delays.settle();
    sizes.settle();
    detachment.settle();
    this.#detachment = detachment;
    this.#delays = delays;
    this.#sizes = sizes;
    orphans?.forEach((count, op) => {
      this.#orphans[op] = Math.log(
        (Math.max(count, 0.04 * (this.#calls[op] as number)) + 0.1) / this.#duration,
      );
    });
  }

  #learnGaps(op: number, parent: number, kids: readonly number[], delays: Delays): void {
    const g = this.#gaps;
    fillGaps(this.#block, this.#events, parent, kids, g);
    for (let i = 0; i < g.size; i++) {
      const event = g.event[i] as number;
      const before = g.before[i] as number;
      const gap = g.gap[i] as number;
      const beside = g.beside[i] as number;
      if (beside === NO_EVENT) {
        delays.add(op, event, before, gap, 1);
        continue;
      }
      const gapBeside = g.gapBeside[i] as number;
      const alone = Math.exp(this.#delays.log(op, event, before, gap));
      const both = alone + Math.exp(this.#delays.log(op, event, beside, gapBeside));
      delays.add(op, event, before, gap, alone / both);
      delays.add(op, event, beside, gapBeside, 1 - alone / both);
    }
  }
}

function logSum(a: number, b: number): number {
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}
