import type { Json } from '../support/json.ts';
import { Sketch } from './sketch.ts';
import { coarser } from './time-cells.ts';

/**
 * Latencies (ms) of one operation, kept apart by time slot and by half of the connections, so that
 * what differs inside one capture can serve as the measure of noise.
 */
export class LatencyProfile {
  /** Key: slot × 2 + half. */
  readonly #cells = new Map<number, Sketch>();

  add(slot: number, half: 0 | 1, latency: number): void {
    const key = slot * 2 + half;
    let cell = this.#cells.get(key);
    if (!cell) {
      cell = new Sketch();
      this.#cells.set(key, cell);
    }
    cell.add(latency);
  }

  /** Moves to a grid that is `levels` coarser. */
  coarsen(levels: number): void {
    for (let i = 0; i < levels; i++) this.#coarsenOnce();
  }

  merge(other: LatencyProfile): void {
    for (const [key, sketch] of other.#cells) this.#mergeCell(key, sketch);
  }

  /** All cells as one sketch. */
  total(): Sketch {
    const total = new Sketch();
    for (const cell of this.#cells.values()) total.merge(cell);
    return total;
  }

  /** One sketch a time slot, in time order. */
  bySlot(): readonly Sketch[] {
    const slots = new Map<number, Sketch>();
    for (const [key, cell] of this.#cells) {
      const slot = Math.floor(key / 2);
      const into = slots.get(slot) ?? new Sketch();
      into.merge(cell);
      slots.set(slot, into);
    }
    return [...slots].sort((a, b) => a[0] - b[0]).map(([, sketch]) => sketch);
  }

  toJSON(): Json {
    return [...this.#cells]
      .sort((a, b) => a[0] - b[0])
      .map(([key, sketch]) => [key, sketch.toJSON()]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): LatencyProfile {
    const profile = new LatencyProfile();
    if (!Array.isArray(json)) throw new RangeError('not a latency profile');
    for (const cell of json) {
      if (!Array.isArray(cell) || !Number.isSafeInteger(cell[0])) {
        throw new RangeError('not a latency profile');
      }
      profile.#cells.set(cell[0], Sketch.fromJSON(cell[1]));
    }
    return profile;
  }

  #mergeCell(key: number, sketch: Sketch): void {
    const into = this.#cells.get(key);
    if (into) into.merge(sketch);
    else {
      const copy = new Sketch();
      copy.merge(sketch);
      this.#cells.set(key, copy);
    }
  }

  #coarsenOnce(): void {
    const before = [...this.#cells];
    this.#cells.clear();
    for (const [key, sketch] of before) {
      const half = ((key % 2) + 2) % 2;
      this.#mergeCell(coarser((key - half) / 2) * 2 + half, sketch);
    }
  }
}
