import { type Assignment, NO_PARENT } from './assignment.ts';
import type { Block } from './block.ts';
import type { Candidates } from './candidates.ts';
import type { Model } from './model.ts';
import type { PairOdds } from './pair-odds.ts';

/** Proposals that no change of one call alone would reach. */
export class Swaps {
  readonly #block: Block;
  readonly #candidates: Candidates;
  readonly #assignment: Assignment;
  readonly #model: Model;
  readonly #odds: PairOdds;
  readonly #random: () => number;

  constructor(
    block: Block,
    candidates: Candidates,
    assignment: Assignment,
    model: Model,
    odds: PairOdds,
    random: () => number,
  ) {
    this.#block = block;
    this.#candidates = candidates;
    this.#assignment = assignment;
    this.#model = model;
    this.#odds = odds;
    this.#random = random;
  }

  /**
   * Metropolis step: proposes that another candidate takes the child over in exchange: for its
   * nearest like child, or with all that either caused from then on (or up to then). Returns the
   * gain (log) of the proposal; −∞ when there was none.
   */
  propose(child: number, heat: number): number {
    const a = this.#assignment;
    const { offset, parents } = this.#candidates;
    const from = offset[child] as number;
    const n = (offset[child + 1] as number) - from;
    const mine = a.parent[child] as number;
    if (n < 2 || mine === NO_PARENT) return Number.NEGATIVE_INFINITY;
    const theirs = parents[from + Math.floor(this.#random() * n)] as number;
    if (theirs === mine) return Number.NEGATIVE_INFINITY;
    const kind = this.#random();
    if (kind < 0.5) return this.#swapOne(child, mine, theirs, heat);
    return this.#swapSide(child, mine, theirs, kind < 0.75, heat);
  }

  #swapOne(child: number, mine: number, theirs: number, heat: number): number {
    const a = this.#assignment;
    const { operation, start } = this.#block;
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
    if (other < 0) return Number.NEGATIVE_INFINITY;
    const kidsMine = a.with(a.without(mine, child), other);
    const kidsTheirs = a.with(a.without(theirs, other), child);
    return this.#accept(mine, kidsMine, theirs, kidsTheirs, heat);
  }

  #swapSide(child: number, mine: number, theirs: number, later: boolean, heat: number): number {
    const a = this.#assignment;
    const { start } = this.#block;
    const at = start[child] as number;
    const moves = (kid: number) =>
      later ? (start[kid] as number) >= at : (start[kid] as number) <= at;
    let kidsMine: readonly number[] = a.kids(mine);
    let kidsTheirs: readonly number[] = a.kids(theirs);
    const give = kidsMine.filter(moves);
    const take = kidsTheirs.filter(moves);
    for (const kid of give) if (!a.isCandidate(theirs, kid)) return Number.NEGATIVE_INFINITY;
    for (const kid of take) if (!a.isCandidate(mine, kid)) return Number.NEGATIVE_INFINITY;
    kidsMine = kidsMine.filter((kid) => !moves(kid));
    kidsTheirs = kidsTheirs.filter((kid) => !moves(kid));
    for (const kid of take) kidsMine = a.with(kidsMine, kid);
    for (const kid of give) kidsTheirs = a.with(kidsTheirs, kid);
    return this.#accept(mine, kidsMine, theirs, kidsTheirs, heat);
  }

  #accept(
    mine: number,
    kidsMine: readonly number[],
    theirs: number,
    kidsTheirs: readonly number[],
    heat: number,
  ): number {
    const a = this.#assignment;
    const logMine = this.#model.caused(mine, kidsMine);
    const logTheirs = this.#model.caused(theirs, kidsTheirs);
    let gain = logMine + logTheirs - a.log(mine) - a.log(theirs);
    const moved: number[] = [];
    for (const kid of kidsMine) if (a.parent[kid] !== mine) moved.push(kid);
    const received = moved.length;
    for (const kid of kidsTheirs) if (a.parent[kid] !== theirs) moved.push(kid);
    moved.forEach((kid, i) => {
      gain -= this.#odds.of(i < received ? theirs : mine, kid);
    });
    const oldMine = a.kids(mine);
    const oldTheirs = a.kids(theirs);
    const [wasMine, wasTheirs] = [a.log(mine), a.log(theirs)];
    const [before, beforeTheirs] = [a.version(mine), a.version(theirs)];
    a.set(mine, kidsMine, logMine);
    a.set(theirs, kidsTheirs, logTheirs);
    moved.forEach((kid, i) => {
      gain += this.#odds.of(i < received ? mine : theirs, kid);
    });
    if (gain < 0 && this.#random() >= Math.exp(gain / heat)) {
      a.set(mine, oldMine, wasMine, before);
      a.set(theirs, oldTheirs, wasTheirs, beforeTheirs);
      return gain;
    }
    for (const kid of kidsMine) a.parent[kid] = mine;
    for (const kid of kidsTheirs) a.parent[kid] = theirs;
    return gain;
  }
}
