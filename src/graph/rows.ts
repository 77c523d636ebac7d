/** Rows of numbers, all of one width, in one block of memory that grows; new rows are zero. */
export class Rows {
  readonly #width: number;
  #data: Float64Array;

  constructor(width: number, rows = 16) {
    this.#width = width;
    this.#data = new Float64Array(width * rows);
  }

  get(row: number, column: number): number {
    return this.#data[row * this.#width + column] as number;
  }

  increase(row: number, column: number, by: number): void {
    const at = row * this.#width + column;
    if ((row + 1) * this.#width > this.#data.length) this.#grow(row + 1);
    this.#data[at] = (this.#data[at] as number) + by;
  }

  /** The row itself, not a copy; until the next row is added. */
  at(row: number): Float64Array {
    return this.#data.subarray(row * this.#width, (row + 1) * this.#width);
  }

  #grow(rows: number): void {
    const more = new Float64Array(Math.max(rows * this.#width, 2 * this.#data.length));
    more.set(this.#data);
    this.#data = more;
  }
}
