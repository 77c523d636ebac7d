import type { Json } from '../../support/json.ts';
import { WEEK_MS } from '../slot.ts';
import type { Known } from './normal.ts';

const MAX_NAMES = 20_000;
/** What was not seen for so long is new again. */
const FORGET_MS = 5 * WEEK_MS;

/** When names were seen, first and last; bounded: the ones not seen for longest are forgotten. */
export class KnownNames {
  readonly #names = new Map<string, { first: number; last: number }>();

  get(name: string): Known | undefined {
    return this.#names.get(name);
  }

  entries(): Iterable<readonly [string, Known]> {
    return this.#names;
  }

  add(name: string, first: number, last: number): void {
    const known = this.#names.get(name);
    if (!known) this.#names.set(name, { first, last });
    else {
      known.first = Math.min(known.first, first);
      known.last = Math.max(known.last, last);
    }
  }

  forget(now: number): void {
    for (const [name, { last }] of this.#names) {
      if (last < now - FORGET_MS) this.#names.delete(name);
    }
    if (this.#names.size <= MAX_NAMES) return;
    const oldest = [...this.#names].sort((a, b) => a[1].last - b[1].last || (a[0] < b[0] ? -1 : 1));
    for (const [name] of oldest.slice(0, this.#names.size - MAX_NAMES)) this.#names.delete(name);
  }

  toJSON(): Json {
    return [...this.#names]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { first, last }]) => [name, first, last]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): KnownNames {
    const names = new KnownNames();
    if (!Array.isArray(json)) throw new RangeError('not names');
    for (const entry of json) {
      const [name, first, last] = Array.isArray(entry) ? (entry as Json[]) : [];
      if (typeof name !== 'string' || typeof first !== 'number' || typeof last !== 'number') {
        throw new RangeError('not names');
      }
      names.add(name, first, last);
    }
    return names;
  }
}
