import { sum } from '../support/numbers.ts';
import { ABSENT, IntTable } from './int-table.ts';
import { Rows } from './rows.ts';

const MAX_COUNT = 32;
/** Weight of whole multisets against independent counts, which leave a way from one to another. */
const WHOLE_SHARE = 0.5;
const HASHES = 4_294_967_296;
/** No probability is lower: its logarithm must stay finite. */
const LEAST = 1e-300;

/** A hash of one child operation; the hash of a multiset is the sum, modulo 2^32. */
export function memberHash(operation: number): number {
  let h = Math.imul(operation + 1, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * What a handled call of an operation usually causes: the probability of a multiset of child
 * operations, from multisets seen, smoothed by each child operation's own counts.
 */
export class FanOutSizes {
  readonly #operations: number;
  readonly #handled: Float64Array;
  /** By parent operation: P(no child at all), counts taken as independent. */
  readonly #none: Float64Array;
  /** (parent, hash of a multiset) → handled calls. */
  readonly #multisets = new IntTable();
  readonly #seen = new Rows(1);
  /** (parent, child) → handled calls with 1, 2, … of it; then odds against 'none of it'. */
  readonly #kinds = new IntTable();
  readonly #counts = new Rows(MAX_COUNT + 1);

  constructor(operations: number) {
    this.#operations = operations;
    this.#handled = new Float64Array(operations);
    this.#none = new Float64Array(operations).fill(1);
  }

  add(parent: number, hash: number, counts: ReadonlyMap<number, number>, weight: number): void {
    this.#handled[parent] = (this.#handled[parent] as number) + weight;
    this.#seen.increase(this.#multisets.add(parent * HASHES + hash), 0, weight);
    for (const [child, count] of counts) {
      const kind = this.#kinds.add(parent * this.#operations + child);
      this.#counts.increase(kind, Math.min(count, MAX_COUNT), weight);
    }
  }

  /** To be called once all has been added: turns counts into odds against 'none of it'. */
  settle(): void {
    for (const [kind, key] of this.#kinds.keys().entries()) {
      const parent = Math.floor(key / this.#operations);
      const row = this.#counts.at(kind);
      const total = (this.#handled[parent] as number) + 1;
      const some = sum(row);
      const none = ((this.#handled[parent] as number) - some + 0.5) / total;
      for (let k = 1; k <= MAX_COUNT; k++) {
        row[k] = ((row[k] as number) + 0.5 * 0.1 ** (k - 1)) / total / none;
      }
      this.#none[parent] = (this.#none[parent] as number) * none;
    }
  }

  /** Probability of the multiset that `kids` make. `scratch` is zero everywhere, before and after. */
  share(
    parent: number,
    kids: readonly number[],
    operation: Int32Array,
    hashes: Float64Array,
    scratch: Int32Array,
  ): number {
    const total = (this.#handled[parent] as number) + 1;
    let hash = 0;
    let independent = this.#none[parent] as number;
    for (let i = 0; i < kids.length; i++) {
      const op = operation[kids[i] as number] as number;
      hash += hashes[op] as number;
      scratch[op] = (scratch[op] as number) + 1;
    }
    for (let i = 0; i < kids.length; i++) {
      const op = operation[kids[i] as number] as number;
      const count = scratch[op] as number;
      if (count === 0) continue;
      scratch[op] = 0;
      const kind = this.#kinds.get(parent * this.#operations + op);
      independent *=
        kind === ABSENT
          ? (0.5 * 0.1 ** (Math.min(count, MAX_COUNT) - 1)) / total
          : this.#counts.get(kind, Math.min(count, MAX_COUNT));
    }
    const multiset = this.#multisets.get(parent * HASHES + (hash % HASHES));
    const seen = multiset === ABSENT ? 0 : this.#seen.get(multiset, 0);
    return Math.max(LEAST, (WHOLE_SHARE * seen) / total + (1 - WHOLE_SHARE) * independent);
  }
}
