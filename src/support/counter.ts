import { type Json, sortedEntries } from './json.ts';

/** Counts by name, bounded: past `limit` names the rest is one absorbing total. */
export class Counter {
  readonly limit: number;
  readonly #counts = new Map<string, number>();
  #capped = false;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** True when there were more names than `limit`; then only `total` is known. */
  get capped(): boolean {
    return this.#capped;
  }

  add(name: string, count = 1): void {
    const key = this.#capped ? '' : name;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
    if (this.#counts.size > this.limit) this.#cap();
  }

  get(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  entries(): [string, number][] {
    return sortedEntries(this.#counts);
  }

  merge(other: Counter): void {
    if (other.#capped) this.#cap();
    for (const [name, count] of other.#counts) this.add(name, count);
  }

  toJSON(): Json {
    return { capped: this.#capped, counts: this.entries() };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined, limit: number): Counter {
    const { capped, counts } = (json ?? {}) as { capped?: Json; counts?: Json };
    if (typeof capped !== 'boolean' || !Array.isArray(counts)) throw new RangeError('not counts');
    const counter = new Counter(limit);
    if (capped) counter.#cap();
    for (const entry of counts) {
      if (!Array.isArray(entry)) throw new RangeError('not counts');
      const [name, count] = entry;
      if (typeof name !== 'string' || !Number.isSafeInteger(count) || count < 0) {
        throw new RangeError('not counts');
      }
      counter.add(name, count);
    }
    return counter;
  }

  #cap(): void {
    const total = this.total();
    this.#capped = true;
    this.#counts.clear();
    if (total > 0) this.#counts.set('', total);
  }
}
