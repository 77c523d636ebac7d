import { byCodeUnit, type Json } from '../../support/json.ts';
import type { Slot } from '../slot.ts';

/** Slots that are shorter are taken together. */
const CELL_MS = 300_000;
const MAX_NAMES = 5_000;

/** What happened in one cell of time. */
export interface Cell {
  /** Unix ms. */
  readonly start: number;
  readonly numbers: readonly number[];
}

/** Sums of the last cells of time by name: 5 minutes each, or a slot where slots are longer. Bounded. */
export class Cells {
  readonly #keep: number;
  readonly #least: number;
  readonly #byName = new Map<string, Cell[]>();

  /** `keep` cells a name, each of at least `least` ms. */
  constructor(keep: number, least = CELL_MS) {
    this.#keep = keep;
    this.#least = least;
  }

  names(): string[] {
    return [...this.#byName.keys()].sort(byCodeUnit);
  }

  /** Adds what a slot showed; slots come in order of time. */
  add(name: string, slot: Slot, numbers: readonly number[]): void {
    const start = this.#startOf(slot);
    const cells = this.#byName.get(name) ?? [];
    const last = cells.at(-1);
    if (last?.start === start) {
      const sums = last.numbers.map((value, i) => value + (numbers[i] ?? 0));
      cells[cells.length - 1] = { start, numbers: sums };
    } else cells.push({ start, numbers });
    this.#byName.set(name, cells.slice(-this.#keep));
    if (this.#byName.size > MAX_NAMES) this.#dropOldest();
  }

  /** Forgets what is older than `keep` cells before a slot. */
  forget(slot: Slot): void {
    const from = this.#from(slot, this.#keep);
    for (const [name, cells] of this.#byName) {
      if ((cells.at(-1) as Cell).start < from) this.#byName.delete(name);
    }
  }

  /** The cells that were added of the last `count`, the slot's own among them; oldest first. */
  last(name: string, slot: Slot, count: number): readonly Cell[] {
    const from = this.#from(slot, count);
    return (this.#byName.get(name) ?? []).filter(({ start }) => start >= from);
  }

  /**
   * Sums of the last `count` cells with what the slot itself shows, which was not added yet. Where slots
   * are shorter than a cell, the one under way holds nothing of the last minutes, or of its beginning:
   * one more is taken.
   */
  sums(name: string, slot: Slot, count: number, own: readonly number[]): number[] {
    const isShort = slot.end - slot.start + 1 < this.#least;
    const cells = this.last(name, slot, isShort ? count + 1 : count);
    return own.map((value, i) => cells.reduce((sum, cell) => sum + (cell.numbers[i] ?? 0), value));
  }

  toJSON(): Json {
    return this.names().map((name) => [
      name,
      (this.#byName.get(name) as Cell[]).map(({ start, numbers }) => [start, ...numbers]),
    ]);
  }

  /** Takes what `toJSON` wrote; what can't be read is left out. */
  restore(json: Json | undefined): this {
    if (!Array.isArray(json)) return this;
    for (const entry of json.slice(0, MAX_NAMES)) {
      if (!Array.isArray(entry) || typeof entry[0] !== 'string' || !Array.isArray(entry[1]))
        continue;
      const cells = entry[1].flatMap((cell: Json) => cellFrom(cell) ?? []).slice(-this.#keep);
      if (cells.length > 0) this.#byName.set(entry[0], cells);
    }
    return this;
  }

  #width(slot: Slot): number {
    return Math.max(this.#least, slot.end - slot.start + 1);
  }

  #startOf(slot: Slot): number {
    return Math.floor(slot.start / this.#width(slot)) * this.#width(slot);
  }

  #from(slot: Slot, count: number): number {
    return this.#startOf(slot) - (count - 1) * this.#width(slot);
  }

  #dropOldest(): void {
    let oldest: [string, number] | undefined;
    for (const [name, cells] of this.#byName) {
      const { start } = cells.at(-1) as Cell;
      if (oldest === undefined || start < oldest[1]) oldest = [name, start];
    }
    if (oldest) this.#byName.delete(oldest[0]);
  }
}

function cellFrom(json: Json): Cell | undefined {
  if (!Array.isArray(json) || json.length < 2) return undefined;
  if (!json.every((value) => typeof value === 'number' && Number.isFinite(value))) return undefined;
  const [start, ...numbers] = json as number[];
  return { start: start as number, numbers };
}
