import { type Assignment, NO_PARENT } from './assignment.ts';
import type { Block } from './block.ts';
import { type Candidates, CLOCK_SLACK } from './candidates.ts';
import type { Model } from './model.ts';
import type { PairOdds } from './pair-odds.ts';
import { Swaps } from './swaps.ts';

/** A candidate this far (log) behind is looked at seldom. */
const HOPELESS = 16;
/** A lead (log) of the best candidate that leaves no doubt, and how often in a row it must hold. */
const SURE = 9;
const CALM = 60;
/** Seldom: one sweep in so many. */
const SELDOM = 12;
/** Looks without doubt that make calm: so many, and so many more for each rival. */
const LOOKS = 8;
const LOOKS_EACH = 4;

/** One step of the sampler changes the assignment by the model's odds. */
export class Sampler {
  readonly #candidates: Candidates;
  readonly #assignment: Assignment;
  readonly #model: Model;
  readonly #odds: PairOdds;
  readonly #swaps: Swaps;
  readonly #random: () => number;
  /** By how much (log) each candidate last fell short of the best. */
  readonly #short: Float32Array;
  /** By candidate: what the child adds to the log likelihood of its children, and of which version of them. */
  readonly #gain: Float64Array;
  readonly #gainOf: Int32Array;
  /** By child: how often in a row its parent was beyond doubt. */
  readonly #calm: Uint8Array;
  /** How far one look without doubt goes towards calm: few rivals need few looks. */
  readonly #ease: Uint8Array;
  #sweep = 0;
  #weights = new Float64Array(64);
  #heat = 1;

  constructor(
    block: Block,
    candidates: Candidates,
    assignment: Assignment,
    model: Model,
    odds: PairOdds,
    random: () => number,
  ) {
    this.#candidates = candidates;
    this.#assignment = assignment;
    this.#model = model;
    this.#odds = odds;
    this.#swaps = new Swaps(block, candidates, assignment, model, odds, random);
    this.#random = random;
    this.#short = new Float32Array(candidates.parents.length);
    this.#gain = new Float64Array(candidates.parents.length);
    this.#gainOf = new Int32Array(candidates.parents.length).fill(-1);
    this.#calm = new Uint8Array(block.size);
    this.#ease = easeOf(block, candidates);
  }

  /**
   * One sweep over the children; those beyond doubt are looked at now and then. With `heat` above 1,
   * unlikely changes pass more easily.
   */
  sweep(children: readonly number[], heat: number, tally: Float64Array | undefined): void {
    const sweep = ++this.#sweep;
    this.#heat = heat;
    for (const child of children) {
      if ((this.#calm[child] as number) >= CALM && (child + sweep) % SELDOM !== 0) continue;
      const lead = Math.min(
        this.redraw(child, tally, false),
        -this.#swaps.propose(child, this.#heat),
      );
      this.#calm[child] =
        lead > SURE
          ? Math.min(CALM, (this.#calm[child] as number) + (this.#ease[child] as number))
          : 0;
    }
  }

  /** Gives a tally to the children that no sweep that counts came by. */
  complete(children: readonly number[], tally: Float64Array): void {
    this.#heat = 1;
    for (const child of children) {
      const from = (this.#candidates.offset[child] as number) + child;
      const to = (this.#candidates.offset[child + 1] as number) + child;
      if (tally.subarray(from, to + 1).every((n) => n === 0)) this.redraw(child, tally, true);
    }
  }

  /**
   * Gibbs step: draws the child's parent anew, all else held. `tally` (one number a candidate, then
   * one for none) gets the probabilities added. With `greedy`, the likeliest is taken.
   */
  redraw(child: number, tally: Float64Array | undefined, greedy: boolean): number {
    const { offset, exact } = this.#candidates;
    const from = offset[child] as number;
    const n = (offset[child + 1] as number) - from;
    if (n === 0) return Number.POSITIVE_INFINITY;
    if (n === 1 && exact[child] === 1 && this.#assignment.parent[child] !== NO_PARENT) {
      if (tally) tally[from + child] = (tally[from + child] as number) + 1;
      return Number.POSITIVE_INFINITY;
    }
    const best = this.#weigh(child, from, n);
    const lead = this.#leadOf(best, from, n);
    const total = this.#toShares(best, n);
    if (tally) this.#count(tally, from + child, n, total);
    this.#move(child, from, greedy ? best : this.#draw(n, total), n);
    return lead;
  }

  /** Log odds of each of a child's `n` candidates, then those of none, as weights; the best one. */
  #weigh(child: number, from: number, n: number): number {
    const { parents, exact } = this.#candidates;
    const now = this.#assignment.parent[child] as number;
    if (this.#weights.length <= n) this.#weights = new Float64Array(2 * n);
    const weights = this.#weights;
    let best = n;
    weights[n] = exact[child] === 1 ? Number.NEGATIVE_INFINITY : this.#model.orphan(child);
    for (let i = 0; i < n; i++) {
      const parent = parents[from + i] as number;
      const isHopeless = parent !== now && (this.#short[from + i] as number) > HOPELESS;
      if (isHopeless && (child + i + this.#sweep) % SELDOM !== 0) {
        weights[i] = Number.NEGATIVE_INFINITY;
        continue;
      }
      weights[i] = this.#gainAt(from + i, parent, child) + this.#odds.at(from + i, parent, child);
      if ((weights[i] as number) > (weights[best] as number)) best = i;
    }
    return best;
  }

  /** By how much the best leads; keeps by how much each candidate falls short of it. */
  #leadOf(best: number, from: number, n: number): number {
    const weights = this.#weights;
    const top = weights[best] as number;
    let second = best === n ? Number.NEGATIVE_INFINITY : (weights[n] as number);
    for (let i = 0; i < n; i++) {
      const weight = weights[i] as number;
      if (weight !== Number.NEGATIVE_INFINITY) this.#short[from + i] = top - weight;
      if (i !== best && weight > second) second = weight;
    }
    return top - second;
  }

  /** Makes the weights, which are logs, proportional to the shares; what they sum to. */
  #toShares(best: number, n: number): number {
    const weights = this.#weights;
    const top = weights[best] as number;
    let total = 0;
    for (let i = 0; i <= n; i++) {
      weights[i] = Math.exp(((weights[i] as number) - top) / this.#heat);
      total += weights[i] as number;
    }
    return total;
  }

  #draw(n: number, total: number): number {
    let left = this.#random() * total;
    for (let pick = 0; pick < n; pick++) {
      left -= this.#weights[pick] as number;
      if (left < 0) return pick;
    }
    return n;
  }

  #count(tally: Float64Array, base: number, n: number, total: number): void {
    for (let i = 0; i <= n; i++) {
      tally[base + i] = (tally[base + i] as number) + (this.#weights[i] as number) / total;
    }
  }

  /** Gives a child to its candidate `pick`, to none where that is `n`. */
  #move(child: number, from: number, pick: number, n: number): void {
    const a = this.#assignment;
    const { parents } = this.#candidates;
    const now = a.parent[child] as number;
    const chosen = pick === n ? NO_PARENT : (parents[from + pick] as number);
    if (chosen === now) return;
    if (now !== NO_PARENT) {
      this.#assign(now, a.without(now, child));
      this.#gainOf[parents.indexOf(now, from)] = a.version(now);
    }
    if (chosen !== NO_PARENT) {
      this.#assign(chosen, a.with(a.kids(chosen), child));
      this.#gainOf[from + pick] = a.version(chosen);
    }
    a.parent[child] = chosen;
  }

  #assign(parent: number, kids: readonly number[]): void {
    this.#assignment.set(parent, kids, this.#model.caused(parent, kids));
  }

  /** What `child` adds to the log likelihood of what `parent`, the candidate at `at`, caused besides. */
  #gainAt(at: number, parent: number, child: number): number {
    const a = this.#assignment;
    if (this.#gainOf[at] === a.version(parent)) return this.#gain[at] as number;
    const gain =
      a.parent[child] === parent
        ? a.log(parent) - this.#model.caused(parent, a.without(parent, child))
        : this.#model.caused(parent, a.with(a.kids(parent), child)) - a.log(parent);
    this.#gain[at] = gain;
    this.#gainOf[at] = a.version(parent);
    return gain;
  }
}

function easeOf({ size, start, end }: Block, { offset, parents }: Candidates): Uint8Array {
  const ease = new Uint8Array(size);
  for (let child = 0; child < size; child++) {
    let open = 0;
    for (let i = offset[child] as number; i < (offset[child + 1] as number); i++) {
      if (!((end[parents[i] as number] as number) + CLOCK_SLACK < (start[child] as number))) open++;
    }
    ease[child] = open < 2 ? CALM / 3 : Math.ceil(CALM / (LOOKS + LOOKS_EACH * open));
  }
  return ease;
}
