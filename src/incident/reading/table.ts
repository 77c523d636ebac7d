/** Values numbered in the order in which they first came; bounded: what is too many shares one number. */
export class Table<V> {
  readonly #index = new Map<string, number>();
  readonly #most: number;
  readonly values: V[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** The number of `key`; `value` is kept where the key is new. */
  indexOf(key: string, value: V): number {
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    if (this.values.length >= this.#most) return this.#most - 1;
    this.#index.set(key, this.values.length);
    return this.values.push(value) - 1;
  }
}
