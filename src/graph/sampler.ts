import { type Assignment, NO_PARENT } from './assignment.ts';
import type { Block } from './block.ts';
import type { Candidates } from './candidates.ts';
import type { Model } from './model.ts';

/** One step of the sampler changes the assignment by the model's odds. */
export class Sampler {
  readonly #block: Block;
  readonly #candidates: Candidates;
  readonly #assignment: Assignment;
  readonly #model: Model;
  readonly #random: () => number;
  #weights = new Float64Array(64);

  constructor(
    block: Block,
    candidates: Candidates,
    assignment: Assignment,
    model: Model,
    random: () => number,
  ) {
    this.#block = block;
    this.#candidates = candidates;
    this.#assignment = assignment;
    this.#model = model;
    this.#random = random;
  }

  /**
   * Gibbs step: draws the child's parent anew, all else held. `tally` (one number a candidate, then
   * one for none) gets the probabilities added. With `greedy`, the likeliest is taken.
   */
  redraw(child: number, tally: Float64Array | undefined, greedy: boolean): void {
    const a = this.#assignment;
    const { offset, parents } = this.#candidates;
    const from = offset[child] as number;
    const n = (offset[child + 1] as number) - from;
    if (n === 0) return;
    const now = a.parent[child] as number;
    const rest = now === NO_PARENT ? [] : a.without(now, child);
    const restLog = now === NO_PARENT ? 0 : this.#model.caused(now, rest);
    if (this.#weights.length <= n) this.#weights = new Float64Array(2 * n);
    const weights = this.#weights;
    let best = n;
    weights[n] = this.#model.orphan(child);
    for (let i = 0; i < n; i++) {
      const parent = parents[from + i] as number;
      if (parent === now) weights[i] = a.log(parent) - restLog;
      else {
        const kids = a.with(a.kids(parent), child);
        weights[i] = this.#model.caused(parent, kids) - a.log(parent);
      }
      if ((weights[i] as number) > (weights[best] as number)) best = i;
    }
    const top = weights[best] as number;
    let total = 0;
    for (let i = 0; i <= n; i++) {
      weights[i] = Math.exp((weights[i] as number) - top);
      total += weights[i] as number;
    }
    let pick = best;
    if (!greedy) {
      let left = this.#random() * total;
      for (pick = 0; pick < n; pick++) {
        left -= weights[pick] as number;
        if (left < 0) break;
      }
    }
    if (tally) {
      const base = from + child;
      for (let i = 0; i <= n; i++) {
        tally[base + i] = (tally[base + i] as number) + (weights[i] as number) / total;
      }
    }
    const chosen = pick === n ? NO_PARENT : (parents[from + pick] as number);
    if (chosen === now) return;
    if (now !== NO_PARENT) a.set(now, rest, restLog);
    if (chosen !== NO_PARENT) {
      const kids = a.with(a.kids(chosen), child);
      a.set(chosen, kids, this.#model.caused(chosen, kids));
    }
    a.parent[child] = chosen;
  }

  /** Metropolis step: proposes that the child and a like child of another candidate swap parents. */
  swap(child: number): void {
    const a = this.#assignment;
    const { operation, start } = this.#block;
    const { offset, parents } = this.#candidates;
    const from = offset[child] as number;
    const n = (offset[child + 1] as number) - from;
    const mine = a.parent[child] as number;
    if (n < 2 || mine === NO_PARENT) return;
    const theirs = parents[from + Math.floor(this.#random() * n)] as number;
    if (theirs === mine) return;
    let other = -1;
    let nearest = Number.POSITIVE_INFINITY;
    for (const kid of a.kids(theirs)) {
      if (operation[kid] !== operation[child]) continue;
      const far = Math.abs((start[kid] as number) - (start[child] as number));
      if (far < nearest && a.isCandidate(mine, kid)) {
        nearest = far;
        other = kid;
      }
    }
    if (other < 0) return;
    const kidsMine = a.with(a.without(mine, child), other);
    const kidsTheirs = a.with(a.without(theirs, other), child);
    const logMine = this.#model.caused(mine, kidsMine);
    const logTheirs = this.#model.caused(theirs, kidsTheirs);
    const gain = logMine + logTheirs - a.log(mine) - a.log(theirs);
    if (gain < 0 && this.#random() >= Math.exp(gain)) return;
    a.set(mine, kidsMine, logMine);
    a.set(theirs, kidsTheirs, logTheirs);
    a.parent[child] = theirs;
    a.parent[other] = mine;
  }
}
