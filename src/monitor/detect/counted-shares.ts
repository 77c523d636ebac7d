import { count, list, text } from '../../profile/schema/json-read.ts';
import { byCodeUnit, type Json, sortedEntries } from '../../support/json.ts';

const MAX_KEYS = 20_000;
const MAX_KEY = 2_000;
/** So many of one key; then both counts are halved, so that what was long ago weighs less. */
const FULL = 20_000;

interface Share {
  readonly some: number;
  readonly all: number;
  readonly last: number;
}

/** How many of so many, by key, with old counts fading; bounded: keys not seen for longest go first. */
export class CountedShares {
  readonly #limit: number;
  readonly #shares = new Map<string, Share>();

  constructor(limit = MAX_KEYS) {
    this.#limit = limit;
  }

  get(key: string): { readonly some: number; readonly all: number } {
    return this.#shares.get(key) ?? { some: 0, all: 0 };
  }

  add(key: string, some: number, all: number, ts: number): void {
    if (key.length > MAX_KEY) return;
    const known = this.get(key);
    let [more, total] = [known.some + some, known.all + all];
    while (total > FULL) [more, total] = [Math.floor(more / 2), Math.floor(total / 2)];
    this.#shares.set(key, { some: more, all: total, last: ts });
  }

  /** Forgets what is too much. Call it once a slot. */
  forget(): void {
    const excess = this.#shares.size - this.#limit;
    if (excess <= 0) return;
    const oldest = [...this.#shares].sort(
      (a, b) => a[1].last - b[1].last || byCodeUnit(a[0], b[0]),
    );
    for (const [key] of oldest.slice(0, excess)) this.#shares.delete(key);
  }

  toJSON(): Json {
    return sortedEntries(this.#shares).map(([key, { some, all, last }]) => [key, some, all, last]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined, limit = MAX_KEYS): CountedShares {
    const shares = new CountedShares(limit);
    for (const entry of list(json, limit)) {
      const [key, some, all, last] = list(entry, 4);
      const share = { some: count(some), all: count(all), last: count(last) };
      if (share.some > share.all) throw new RangeError('not shares');
      shares.#shares.set(text(key, MAX_KEY), share);
    }
    return shares;
  }
}
