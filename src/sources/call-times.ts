/** Times are counted in at most so many cells. */
const MAX_CELLS = 4096;

/** An interval of time in Unix ms: `from` belongs to it, `to` does not. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/**
 * How many calls there are when, in bounded memory: cells of 2^level seconds. The level is the
 * smallest that leaves few enough cells, so it depends on the times alone and not on their order.
 */
export class CallTimes {
  #level = 0;
  #cells = new Map<number, number>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Notes a call at `ts`, Unix ms. */
  add(ts: number): void {
    const cell = Math.floor(ts / (1000 * 2 ** this.#level));
    this.#cells.set(cell, (this.#cells.get(cell) ?? 0) + 1);
    this.#count += 1;
    while (this.#cells.size > MAX_CELLS) this.#coarsen();
  }

  /**
   * Cuts time into `count` ranges that meet and hold about as many calls each: a burst makes its range
   * short, and one call far off makes none long. The first reaches back, and the last on, without end.
   */
  cut(count: number): TimeRange[] {
    const edges: number[] = [];
    let before = 0;
    for (const [cell, calls] of [...this.#cells].sort((a, b) => a[0] - b[0])) {
      while (edges.length < count - 1 && before >= (this.#count * (edges.length + 1)) / count) {
        edges.push(cell * 1000 * 2 ** this.#level);
      }
      before += calls;
    }
    while (edges.length < count - 1) edges.push(Number.POSITIVE_INFINITY);
    return Array.from({ length: count }, (_, i) => ({
      from: edges[i - 1] ?? Number.NEGATIVE_INFINITY,
      to: edges[i] ?? Number.POSITIVE_INFINITY,
    }));
  }

  #coarsen(): void {
    this.#level += 1;
    const cells = new Map<number, number>();
    for (const [cell, calls] of this.#cells) {
      const wider = Math.floor(cell / 2);
      cells.set(wider, (cells.get(wider) ?? 0) + calls);
    }
    this.#cells = cells;
  }
}
