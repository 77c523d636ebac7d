import type { Assignment } from './assignment.ts';
import type { Block } from './block.ts';
import type { Candidates } from './candidates.ts';
import type { Model } from './model.ts';
import { passedOver, rootsOf } from './roots.ts';
import { Turns } from './turns.ts';

/**
 * What speaks for one handled call as the cause of one call, beside delays and counts: shared values,
 * turns, and whether a later call of the same root stands between.
 */
export class PairOdds {
  readonly #block: Block;
  readonly #candidates: Candidates;
  readonly #assignment: Assignment;
  /** Log odds by candidate (`sharedValues`). */
  readonly #values: Float32Array;
  readonly #turns: Turns;
  #roots: Int32Array | undefined;

  constructor(block: Block, candidates: Candidates, assignment: Assignment, values: Float32Array) {
    this.#block = block;
    this.#candidates = candidates;
    this.#assignment = assignment;
    this.#values = values;
    this.#turns = new Turns(block, assignment);
  }

  /** Log odds; `slot` is the parent's place among the candidates. */
  at(slot: number, parent: number, child: number): number {
    const fixed = (this.#values[slot] as number) + this.#turns.cost(parent, child);
    if (!this.#roots) return fixed;
    return fixed + passedOver(this.#block, this.#candidates, this.#roots, parent, child);
  }

  /** Log odds of a candidate whose place isn't known. */
  of(parent: number, child: number): number {
    const { offset, parents } = this.#candidates;
    for (let i = offset[child] as number; i < (offset[child + 1] as number); i++) {
      if (parents[i] === parent) return this.at(i, parent, child);
    }
    return Number.NEGATIVE_INFINITY;
  }

  /** Learns anew from the assignment as it is now. */
  learn(handled: readonly number[], model: Model): void {
    this.#turns.learn(handled, model);
    this.#roots = rootsOf(this.#block, this.#assignment);
  }
}
