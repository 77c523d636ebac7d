import type { Json } from '../support/json.ts';
import { isRecord } from '../support/json.ts';
import { Sketch } from './sketch.ts';
import { coarser } from './time-cells.ts';

/** Lots of calls: enough to see how far they differ, few enough to be kept for each operation. */
const LOTS = 32;

type Cells = Map<number, Sketch>;

/**
 * Latencies (ms) of one operation, kept apart by time slot, and once more by lots of what the calls are
 * about, so that what differs inside one capture can serve as the measure of noise. Mergeable.
 */
export class LatencyProfile {
  readonly #slots: Cells = new Map();
  /** Key: the hash of what a call is about, modulo LOTS. */
  readonly #lots: Cells = new Map();

  /** `subject`: the hash of what the call is about. */
  add(slot: number, subject: number, latency: number): void {
    cell(this.#slots, slot).add(latency);
    cell(this.#lots, subject & (LOTS - 1)).add(latency);
  }

  /** Moves to a grid that is `levels` coarser. */
  coarsen(levels: number): void {
    for (let i = 0; i < levels; i++) {
      const before = [...this.#slots];
      this.#slots.clear();
      for (const [slot, sketch] of before) cell(this.#slots, coarser(slot)).merge(sketch);
    }
  }

  merge(other: LatencyProfile): void {
    mergeCells(this.#slots, other.#slots);
    mergeCells(this.#lots, other.#lots);
  }

  /** All of them as one sketch. */
  total(): Sketch {
    const total = new Sketch();
    for (const sketch of this.#slots.values()) total.merge(sketch);
    return total;
  }

  /** One sketch a time slot, in time order. */
  bySlot(): readonly Sketch[] {
    return inOrder(this.#slots).map(([, sketch]) => sketch);
  }

  /** One sketch a lot: of any two profiles, calls about one thing are in the lots of one place. */
  byLot(): readonly Sketch[] {
    return Array.from({ length: LOTS }, (_, lot) => this.#lots.get(lot) ?? new Sketch());
  }

  toJSON(): Json {
    return { slots: cellsToJson(this.#slots), lots: cellsToJson(this.#lots) };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): LatencyProfile {
    const profile = new LatencyProfile();
    if (Array.isArray(json)) return profile.#ofHalves(json);
    if (!isRecord(json)) throw new RangeError('not a latency profile');
    readCells(profile.#slots, json.slots);
    readCells(profile.#lots, json.lots, isLot);
    return profile;
  }

  /** An older profile knows no lots, and kept each slot in two halves. */
  #ofHalves(json: Json): this {
    const halves: Cells = new Map();
    readCells(halves, json);
    for (const [key, sketch] of halves) cell(this.#slots, Math.floor(key / 2)).merge(sketch);
    return this;
  }
}

function cell(cells: Cells, key: number): Sketch {
  let sketch = cells.get(key);
  if (!sketch) {
    sketch = new Sketch();
    cells.set(key, sketch);
  }
  return sketch;
}

function mergeCells(into: Cells, from: Cells): void {
  for (const [key, sketch] of from) cell(into, key).merge(sketch);
}

function inOrder(cells: Cells): [number, Sketch][] {
  return [...cells].sort((a, b) => a[0] - b[0]);
}

function cellsToJson(cells: Cells): Json {
  return inOrder(cells).map(([key, sketch]) => [key, sketch.toJSON()]);
}

const isLot = (key: number): boolean => key >= 0 && key < LOTS;

function readCells(into: Cells, json: Json | undefined, isKey = (_: number) => true): void {
  if (!Array.isArray(json)) throw new RangeError('not a latency profile');
  for (const entry of json) {
    const [key, sketch] = Array.isArray(entry) ? entry : [];
    if (!Number.isSafeInteger(key) || !isKey(key as number)) {
      throw new RangeError('not a latency profile');
    }
    into.set(key as number, Sketch.fromJSON(sketch));
  }
}
