/** A capture is kept in at most this many slots of time, so that its noise can be seen afterwards. */
export const MAX_SLOTS = 16;
const MAX_LEVEL = 40;

/**
 * The grid of time slots that a profile is kept in: slots of 2^level seconds, aligned on the epoch.
 * The level is the smallest at which at most MAX_SLOTS slots were seen, so it depends on the calls
 * alone and not on their order.
 */
export class TimeGrid {
  #level: number;
  #slots: Set<number>;

  constructor(level = 0, slots: Iterable<number> = []) {
    this.#level = level;
    this.#slots = new Set(slots);
  }

  get level(): number {
    return this.#level;
  }

  get slots(): readonly number[] {
    return [...this.#slots].sort((a, b) => a - b);
  }

  slotOf(ts: number): number {
    return Math.floor(ts / (1000 * 2 ** this.#level));
  }

  /** Notes the slot of `ts`; returns by how many levels the grid got coarser. */
  add(ts: number): number {
    this.#slots.add(this.slotOf(ts));
    return this.#settle();
  }

  /** Coarsens to at least `level`; returns by how many levels. */
  coarsenTo(level: number): number {
    const before = this.#level;
    while (this.#level < level) this.#coarsen();
    return this.#level - before;
  }

  /** Adds slots given at this grid's own level; returns by how many levels the grid got coarser. */
  addSlots(slots: Iterable<number>): number {
    for (const slot of slots) this.#slots.add(slot);
    return this.#settle();
  }

  #settle(): number {
    const before = this.#level;
    while (this.#slots.size > MAX_SLOTS && this.#level < MAX_LEVEL) this.#coarsen();
    return this.#level - before;
  }

  #coarsen(): void {
    this.#level++;
    this.#slots = new Set([...this.#slots].map(coarser));
  }
}

/** The slot one level up. */
export function coarser(slot: number): number {
  return Math.floor(slot / 2);
}
