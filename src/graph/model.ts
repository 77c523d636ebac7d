import type { Block } from './block.ts';
import { Delays } from './delays.ts';
import { Detachment, overrun } from './detachment.ts';
import { FanOutSizes, memberHash } from './fan-out-sizes.ts';
import { type Events, emptyGaps, eventsOf, fillGaps } from './gaps.ts';

/** Share of a caller's calls taken to have no cause, before anything is learned, and at least. */
const ORPHANS_AT_FIRST = 0.02;
const LEAST_ORPHANS = 0.04;
/** A product of likelihoods below this goes into its logarithm before it is lost. */
const SMALL = 1e-200;

/** What is learned from one assignment of causes or from several. */
class Learned {
  readonly delays: Delays;
  readonly sizes: FanOutSizes;
  readonly detachment: Detachment;

  constructor(events: Events, operations: number) {
    this.delays = new Delays(events.count);
    this.sizes = new FanOutSizes(operations);
    this.detachment = new Detachment(operations);
  }

  settle(): void {
    this.delays.settle();
    this.sizes.settle();
    this.detachment.settle();
  }
}

/**
 * How likely a handled call is to have caused just these calls: how many of which operation, how
 * long after the event that each waited for it started, and how long after the last the handled call
 * ended. Which event that was is not known, so a density is the mixture over the anchors. Calls
 * without a cause are a background process per operation. All densities are per ms, so the
 * alternatives compete.
 */
export class Model {
  readonly #block: Block;
  readonly #events: Events;
  readonly #gaps = emptyGaps();
  readonly #hashes: Float64Array;
  readonly #scratch: Int32Array;
  readonly #orphans: Float64Array;
  #known: Learned;
  #open: Learned;

  /** `calls`: calls made by operation; `duration`: ms that they took. */
  constructor(block: Block, calls: Float64Array, duration: number) {
    this.#block = block;
    this.#events = eventsOf(block.operations);
    this.#hashes = Float64Array.from({ length: block.operations }, (_, op) => memberHash(op));
    this.#scratch = new Int32Array(block.operations);
    this.#orphans = calls.map((n) => Math.log((n * ORPHANS_AT_FIRST + 0.1) / duration));
    this.#known = new Learned(this.#events, block.operations);
    this.#known.settle();
    this.#open = new Learned(this.#events, block.operations);
  }

  /** Log density of a call of this kind without a cause. */
  orphan(child: number): number {
    return this.#orphans[this.#block.operation[child] as number] as number;
  }

  /** Log likelihood of `parent` having caused just `kids`, which are in order of start. */
  caused(parent: number, kids: readonly number[]): number {
    const { operation, end } = this.#block;
    const { sizes, delays, detachment } = this.#known;
    const op = operation[parent] as number;
    let log = 0;
    let product = sizes.share(op, kids, operation, this.#hashes, this.#scratch);
    const g = this.#gaps;
    fillGaps(this.#block, this.#events, parent, kids, g);
    for (let i = 0; i < g.size; i++) {
      const event = g.event[i] as number;
      const to = g.offset[i + 1] as number;
      let density = 0;
      for (let k = g.offset[i] as number; k < to; k++) {
        density += delays.density(op, event, g.before[k] as number, g.gap[k] as number);
      }
      if (product < SMALL) {
        log += Math.log(product);
        product = 1;
      }
      product *= density;
    }
    const until = end[parent] as number;
    for (let i = 0; i < kids.length; i++) {
      const kid = kids[i] as number;
      if (product < SMALL) {
        log += Math.log(product);
        product = 1;
      }
      product *= detachment.share(
        op,
        operation[kid] as number,
        overrun((end[kid] as number) - until),
      );
    }
    return log + Math.log(product);
  }

  /** Adds an assignment, the children of each handled call, to what the next `learn` goes by. */
  observe(
    handled: Iterable<number>,
    kidsOf: (parent: number) => readonly number[],
    /** Whether a handled call's delays are told apart from its neighbours'. */
    isClear: (parent: number) => boolean,
    /** Several assignments that are samples of one count for one together. */
    weight = 1,
  ): void {
    const { end, operation } = this.#block;
    const { sizes, detachment } = this.#open;
    const counts = new Map<number, number>();
    for (const parent of handled) {
      const op = operation[parent] as number;
      const kids = kidsOf(parent);
      if (isClear(parent)) this.#observeGaps(op, parent, kids, weight);
      counts.clear();
      let hash = 0;
      for (const kid of kids) {
        const child = operation[kid] as number;
        counts.set(child, (counts.get(child) ?? 0) + 1);
        const over = (end[kid] as number) - (end[parent] as number);
        detachment.add(op, child, overrun(over), weight);
        hash += this.#hashes[child] as number;
      }
      sizes.add(op, hash % 4_294_967_296, counts, weight);
    }
  }

  /** Goes by what was observed since it last learned. */
  learn(): void {
    this.#open.settle();
    this.#known = this.#open;
    this.#open = new Learned(this.#events, this.#block.operations);
  }

  /** Learns how often each operation is called without a cause: `counts` of its `calls`. */
  learnOrphans(counts: Float64Array, calls: Float64Array, duration: number): void {
    for (const [op, count] of counts.entries()) {
      const least = LEAST_ORPHANS * (calls[op] as number);
      this.#orphans[op] = Math.log((Math.max(count, least) + 0.1) / duration);
    }
  }

  /** Each anchor of an event counts by how likely the event waited for it. */
  #observeGaps(op: number, parent: number, kids: readonly number[], weight: number): void {
    const g = this.#gaps;
    fillGaps(this.#block, this.#events, parent, kids, g);
    for (let i = 0; i < g.size; i++) {
      const event = g.event[i] as number;
      const from = g.offset[i] as number;
      const to = g.offset[i + 1] as number;
      let all = 0;
      for (let k = from; k < to; k++) all += this.#density(op, event, k);
      for (let k = from; k < to; k++) {
        const share = to === from + 1 ? 1 : this.#density(op, event, k) / all;
        const before = g.before[k] as number;
        this.#open.delays.add(op, event, before, g.gap[k] as number, share * weight);
      }
    }
  }

  #density(op: number, event: number, anchor: number): number {
    const { before, gap } = this.#gaps;
    return this.#known.delays.density(op, event, before[anchor] as number, gap[anchor] as number);
  }
}
