import type { Assignment } from './assignment.ts';
import type { Block } from './block.ts';
import type { Model } from './model.ts';

const NONE = -1;
/** Log odds against an inversion that are tried. */
const STRENGTHS = [1, 2, 3, 4, 5];
/** How much likelier (log) taking turns must make what was seen. */
const WORTH = 3;

/** Two overlapping handled calls of one operation, each with one child of a kind. */
interface Pair {
  /** Between the starts of the handled calls, ms. */
  readonly apart: number;
  /** Probability that turns were kept, by the delays alone. */
  readonly kept: number;
}

/**
 * Whether handled calls of an operation take turns: of two that overlap, the earlier one's child of
 * a kind starts earlier too (one event loop, a queue). Learned per (parent operation, child
 * operation), without knowing whose child is whose: the likelihood of both readings of each pair,
 * against how often independent delays would keep turns at that distance.
 */
export class Turns {
  readonly #block: Block;
  readonly #assignment: Assignment;
  readonly #previous: Int32Array;
  readonly #next: Int32Array;
  #costs = new Map<number, number>();

  constructor(block: Block, assignment: Assignment) {
    this.#block = block;
    this.#assignment = assignment;
    this.#previous = new Int32Array(block.size).fill(NONE);
    this.#next = new Int32Array(block.size).fill(NONE);
    for (const list of new Set(block.causes)) if (list >= 0) this.#chain(list);
  }

  /** Log odds against `parent` causing `child`, by the turns of its neighbours; ≤ 0. */
  cost(parent: number, child: number): number {
    if (this.#costs.size === 0) return 0;
    const { operation } = this.#block;
    const by = this.#costs.get(this.#key(operation[parent] as number, operation[child] as number));
    if (by === undefined) return 0;
    const before = this.#previous[parent] as number;
    const after = this.#next[parent] as number;
    let inversions = 0;
    if (before !== NONE) {
      const other = this.#only(before, child);
      if (other !== NONE && this.#inverted(before, other, parent, child) === 1) inversions++;
    }
    if (after !== NONE) {
      const other = this.#only(after, child);
      if (other !== NONE && this.#inverted(parent, child, after, other) === 1) inversions++;
    }
    return -by * inversions;
  }

  learn(handled: readonly number[], model: Model): void {
    const { pairs, gaps } = this.#observe(handled, model);
    this.#costs = new Map();
    for (const [key, seen] of pairs) {
      const strength = strengthOf(seen, new KeptByChance(gaps.get(key) ?? []));
      if (strength > 0) this.#costs.set(key, strength);
    }
  }

  #observe(
    handled: readonly number[],
    model: Model,
  ): { pairs: Map<number, Pair[]>; gaps: Map<number, number[]> } {
    const pairs = new Map<number, Pair[]>();
    const gaps = new Map<number, number[]>();
    const a = this.#assignment;
    const { operation, start } = this.#block;
    for (const first of handled) {
      const second = this.#next[first] as number;
      for (const mine of a.kids(first)) {
        if (this.#only(first, mine) !== mine) continue;
        const key = this.#key(operation[first] as number, operation[mine] as number);
        put(gaps, key, (start[mine] as number) - (start[first] as number));
        if (second === NONE) continue;
        const theirs = this.#only(second, mine);
        if (theirs === NONE) continue;
        const inverted = this.#inverted(first, mine, second, theirs);
        if (inverted === NONE || !a.isCandidate(second, mine) || !a.isCandidate(first, theirs)) {
          continue;
        }
        const gain =
          model.caused(first, a.with(a.without(first, mine), theirs)) +
          model.caused(second, a.with(a.without(second, theirs), mine)) -
          a.log(first) -
          a.log(second);
        const swapped = 1 / (1 + Math.exp(-gain));
        put(pairs, key, {
          apart: (start[second] as number) - (start[first] as number),
          kept: inverted === 1 ? swapped : 1 - swapped,
        });
      }
    }
    return { pairs, gaps };
  }

  /** 1: the later handled call's child comes first; 0: turns are kept; NONE: no evidence. */
  #inverted(first: number, mine: number, second: number, theirs: number): number {
    const { start } = this.#block;
    const later = start[second] as number;
    if ((start[first] as number) >= later) return NONE;
    const a = start[mine] as number;
    const b = start[theirs] as number;
    if (a === b || a < later) return NONE;
    return b < a ? 1 : 0;
  }

  /** The one child of the same kind as `like` that `parent` has; NONE for none and for several. */
  #only(parent: number, like: number): number {
    const { operation } = this.#block;
    const wanted = operation[like];
    let found = NONE;
    for (const kid of this.#assignment.kids(parent)) {
      if (operation[kid] !== wanted) continue;
      if (found !== NONE) return NONE;
      found = kid;
    }
    return found;
  }

  #key(parentOperation: number, childOperation: number): number {
    return parentOperation * this.#block.operations + childOperation;
  }

  #chain(list: number): void {
    const latest = new Map<number, number>();
    for (const p of this.#block.handled[list] as Int32Array) {
      const op = this.#block.operation[p] as number;
      const before = latest.get(op);
      if (before !== undefined) {
        this.#previous[p] = before;
        this.#next[before] = p;
      }
      latest.set(op, p);
    }
  }
}

/** The likeliest log odds against an inversion; 0 unless turns explain the pairs far better. */
function strengthOf(pairs: readonly Pair[], chance: KeptByChance): number {
  let best = 0;
  let most = WORTH;
  for (const strength of STRENGTHS) {
    const odds = Math.exp(-strength);
    let log = 0;
    for (const { apart, kept } of pairs) {
      const usual = chance.at(apart);
      log += Math.log((kept + (1 - kept) * odds) / (usual + (1 - usual) * odds));
    }
    if (log > most) {
      most = log;
      best = strength;
    }
  }
  return best;
}

/** How often independent delays keep turns, by how far apart (ms) the two handled calls started. */
class KeptByChance {
  /** Share of delays of exactly, and of more than, so many ms. */
  readonly #exactly: Float64Array;
  readonly #beyond: Float64Array;
  readonly #known = new Map<number, number>();

  constructor(gaps: readonly number[]) {
    let longest = 0;
    for (const gap of gaps) longest = Math.max(longest, Math.ceil(gap));
    const size = Math.min(longest, 20_000) + 2;
    this.#exactly = new Float64Array(size);
    this.#beyond = new Float64Array(size + 1);
    for (const gap of gaps) {
      const at = Math.min(size - 1, Math.max(0, Math.round(gap)));
      this.#exactly[at] = (this.#exactly[at] as number) + 1 / gaps.length;
    }
    for (let g = size - 1; g >= 0; g--) {
      this.#beyond[g] = (this.#beyond[g + 1] as number) + (this.#exactly[g] as number);
    }
  }

  at(apart: number): number {
    const whole = Math.max(1, Math.round(apart));
    let share = this.#known.get(whole);
    if (share === undefined) {
      let kept = 0;
      let all = 0;
      for (let g = whole; g < this.#exactly.length; g++) {
        const here = this.#exactly[g] as number;
        if (here === 0) continue;
        kept += here * (this.#beyond[g - whole + 1] as number);
        all += here * (1 - (this.#exactly[g - whole] as number));
      }
      share = all > 0 ? kept / all : 1;
      this.#known.set(whole, share);
    }
    return share;
  }
}

function put<T>(map: Map<number, T[]>, key: number, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
