import { hash32 } from '../support/hash.ts';
import { sortedEntries } from '../support/json.ts';

/** No name of a node is longer. */
export const MAX_NAME = 512;

/**
 * Something kept for each of at most `limit` names: those with the smallest hashes, so that which
 * ones are kept, and all that was told of them, does not depend on the order they came in.
 */
export class KeptNames<T> {
  readonly #limit: number;
  readonly #make: () => T;
  readonly #kept = new Map<string, T>();
  /** The name that makes room for the next with a smaller hash; none while there is room. */
  #last: string | undefined;

  constructor(limit: number, make: () => T) {
    this.#limit = limit;
    this.#make = make;
  }

  /** What is kept for `name`; nothing when others come before it. */
  at(name: string): T | undefined {
    const known = this.#kept.get(name);
    if (known !== undefined) return known;
    if (this.#last !== undefined) {
      if (!before(name, this.#last)) return undefined;
      this.#kept.delete(this.#last);
    }
    const made = this.#make();
    this.#kept.set(name, made);
    this.#last =
      this.#kept.size < this.#limit
        ? undefined
        : [...this.#kept.keys()].reduce((a, b) => (before(a, b) ? b : a));
    return made;
  }

  /** In code-unit order of the names. */
  entries(): [string, T][] {
    return sortedEntries(this.#kept);
  }
}

function before(a: string, b: string): boolean {
  const [ofA, ofB] = [hash32(a), hash32(b)];
  return ofA < ofB || (ofA === ofB && a < b);
}
