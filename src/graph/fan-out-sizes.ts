const MAX_COUNT = 32;
/** Weight of whole multisets against independent counts, which leave a way from one to another. */
const WHOLE_SHARE = 0.5;

interface OperationCounts {
  handled: number;
  /** Handled calls by the hash of their multiset of child operations. */
  readonly multisets: Map<number, number>;
  /** Child operation → handled calls with 1, 2, … of it. */
  readonly children: Map<number, Float64Array>;
  /** log P(no child at all), counts taken as independent. */
  logNone: number;
}

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
  readonly #operations: OperationCounts[];

  constructor(operations: number) {
    this.#operations = Array.from({ length: operations }, () => ({
      handled: 0,
      multisets: new Map(),
      children: new Map(),
      logNone: 0,
    }));
  }

  add(parent: number, hash: number, counts: ReadonlyMap<number, number>): void {
    const stats = this.#operations[parent] as OperationCounts;
    stats.handled++;
    stats.multisets.set(hash, (stats.multisets.get(hash) ?? 0) + 1);
    for (const [child, count] of counts) {
      let row = stats.children.get(child);
      if (!row) {
        row = new Float64Array(MAX_COUNT + 1);
        stats.children.set(child, row);
      }
      const k = Math.min(count, MAX_COUNT);
      row[k] = (row[k] as number) + 1;
    }
  }

  /** To be called once all has been added: turns counts into log ratios against 'none of it'. */
  settle(): void {
    for (const stats of this.#operations) {
      stats.logNone = 0;
      for (const row of stats.children.values()) {
        let some = 0;
        for (const n of row) some += n;
        const total = stats.handled + 1;
        const none = (stats.handled - some + 0.5) / total;
        for (let k = 1; k <= MAX_COUNT; k++) {
          row[k] = Math.log(((row[k] as number) + 0.5 * 0.1 ** (k - 1)) / total / none);
        }
        stats.logNone += Math.log(none);
      }
    }
  }

  /** Log probability of the multiset that `kids` make. `scratch` is zero everywhere, before and after. */
  log(
    parent: number,
    kids: ArrayLike<number>,
    operation: Int32Array,
    hashes: Float64Array,
    scratch: Int32Array,
  ): number {
    const stats = this.#operations[parent] as OperationCounts;
    let hash = 0;
    let independent = stats.logNone;
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
      const row = stats.children.get(op);
      if (row) independent += row[Math.min(count, MAX_COUNT)] as number;
      else independent += Math.log((0.5 * 0.1 ** (count - 1)) / (stats.handled + 1));
    }
    const seen = stats.multisets.get(hash % 4_294_967_296) ?? 0;
    const whole = seen / (stats.handled + 1);
    return Math.log(WHOLE_SHARE * whole + (1 - WHOLE_SHARE) * Math.exp(independent));
  }
}
