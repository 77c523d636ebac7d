import { hash32 } from '../support/hash.ts';
import { byCodeUnit } from '../support/json.ts';

/**
 * Ids of a few calls, for evidence: the `limit` with the smallest hash (bottom-k), so that any
 * order and any cut of the capture keeps the same ones.
 */
export class Examples {
  readonly limit: number;
  #ids: string[] = [];
  /** Of the last id, once all places are taken. */
  #largest = Number.POSITIVE_INFINITY;

  constructor(limit = 3, ids: readonly string[] = []) {
    this.limit = limit;
    for (const id of ids) this.add(id);
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Adds an id; `hash` is its `hash32`, where that is known. */
  add(id: string, hash = hash32(id)): void {
    if (hash > this.#largest || this.#ids.includes(id)) return;
    this.#ids.push(id);
    this.#ids.sort(compare);
    if (this.#ids.length > this.limit) this.#ids.pop();
    if (this.#ids.length === this.limit) this.#largest = hash32(this.#ids.at(-1) as string);
  }

  merge(other: Examples): void {
    for (const id of other.#ids) this.add(id);
  }
}

function compare(a: string, b: string): number {
  return hash32(a) - hash32(b) || byCodeUnit(a, b);
}
