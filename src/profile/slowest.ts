import { byCodeUnit, type Json } from '../support/json.ts';

const LIMIT = 3;

/** The slowest calls of an operation, for evidence; mergeable (top-k by latency, then id). */
export class Slowest {
  #calls: (readonly [id: string, latency: number])[] = [];

  /** Slowest first; latency in ms. */
  get calls(): readonly (readonly [id: string, latency: number])[] {
    return this.#calls;
  }

  add(id: string, latency: number): void {
    const last = this.#calls.at(-1);
    if (this.#calls.length === LIMIT && last && last[1] > latency) return;
    if (this.#calls.some(([known]) => known === id)) return;
    this.#calls.push([id, latency]);
    this.#calls.sort((a, b) => b[1] - a[1] || byCodeUnit(a[0], b[0]));
    if (this.#calls.length > LIMIT) this.#calls.pop();
  }

  merge(other: Slowest): void {
    for (const [id, latency] of other.#calls) this.add(id, latency);
  }

  toJSON(): Json {
    return this.#calls.map((call) => [...call]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Slowest {
    const slowest = new Slowest();
    if (!Array.isArray(json)) throw new RangeError('not slowest calls');
    for (const call of json) {
      const [id, latency] = Array.isArray(call) ? call : [];
      if (typeof id !== 'string' || typeof latency !== 'number') {
        throw new RangeError('not slowest calls');
      }
      slowest.add(id, latency);
    }
    return slowest;
  }
}
