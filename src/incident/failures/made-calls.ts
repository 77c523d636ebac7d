import { type Traffic, UNKNOWN } from '../traffic.ts';

/** The linked calls that each handled call made, in order of time: one array, cut by `starts`. */
export class MadeCalls {
  readonly #starts: Int32Array;
  readonly #rows: Int32Array;
  readonly #parent: Int32Array;

  constructor({ size, parent }: Traffic) {
    this.#parent = parent;
    this.#starts = new Int32Array(size + 1);
    for (const by of parent)
      if (by >= 0) this.#starts[by + 1] = (this.#starts[by + 1] as number) + 1;
    for (let row = 0; row < size; row++)
      this.#starts[row + 1] = (this.#starts[row + 1] as number) + (this.#starts[row] as number);
    const next = this.#starts.slice();
    this.#rows = new Int32Array(this.#starts[size] as number);
    for (let row = 0; row < size; row++) {
      const by = parent[row] as number;
      if (by < 0) continue;
      this.#rows[next[by] as number] = row;
      next[by] = (next[by] as number) + 1;
    }
  }

  /** Rows. */
  of(row: number): Int32Array {
    return this.#rows.subarray(this.#starts[row], this.#starts[row + 1]);
  }

  /** Whether it is known what the call made: it lies in a stretch that is linked. */
  isKnown(row: number): boolean {
    return this.#parent[row] !== UNKNOWN;
  }
}
