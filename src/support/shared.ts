const MAX_KNOWN = 4_096;

/**
 * One object for all that are equal: of the many that are held at once only few differ. Forgets all it
 * knows from time to time, so it is bounded.
 */
export class Shared<T> {
  readonly #keyOf: (item: T) => string;
  readonly #isEqual: (a: T, b: T) => boolean;
  readonly #known = new Map<string, T>();

  /** `keyOf`: the same for equal ones, and for others hardly ever. */
  constructor(keyOf: (item: T) => string, isEqual: (a: T, b: T) => boolean) {
    this.#keyOf = keyOf;
    this.#isEqual = isEqual;
  }

  /** The first that was equal to this one. */
  of(item: T): T {
    const key = this.#keyOf(item);
    const known = this.#known.get(key);
    if (known !== undefined && this.#isEqual(known, item)) return known;
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(key, item);
    return item;
  }
}
