import type { Json } from '../support/json.ts';
import { coarser } from './time-cells.ts';

/** Counts by slot of the profile's time grid; mergeable. */
export class SlotCounts {
  #counts = new Map<number, number>();

  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  get(slot: number): number {
    return this.#counts.get(slot) ?? 0;
  }

  slots(): Iterable<number> {
    return this.#counts.keys();
  }

  add(slot: number, count = 1): void {
    this.#counts.set(slot, this.get(slot) + count);
  }

  /** Moves to a grid that is `levels` coarser. */
  coarsen(levels: number): void {
    for (let i = 0; i < levels; i++) {
      const before = this.#counts;
      this.#counts = new Map();
      for (const [slot, count] of before) this.add(coarser(slot), count);
    }
  }

  /** Of `other`, on the same grid. */
  merge(other: SlotCounts): void {
    for (const [slot, count] of other.#counts) this.add(slot, count);
  }

  toJSON(): Json {
    return [...this.#counts].sort((a, b) => a[0] - b[0]).flat();
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): SlotCounts {
    const counts = new SlotCounts();
    if (!Array.isArray(json) || json.length % 2 !== 0) throw new RangeError('not counts by slot');
    for (let i = 0; i < json.length; i += 2) {
      const [slot, count] = [json[i], json[i + 1]];
      if (!Number.isSafeInteger(slot) || !Number.isSafeInteger(count) || (count as number) < 1) {
        throw new RangeError('not counts by slot');
      }
      counts.add(slot as number, count as number);
    }
    return counts;
  }
}
