import { byCodeUnit } from '../support/json.ts';
import type { Call } from './call.ts';

/** How late a call may come and still be put in its place, ms. */
export const LATENESS_MS = 2_000;

/** Two records of which the later one in the file is the earlier one in time, Unix ms. */
export interface StepBack {
  readonly from: number;
  readonly to: number;
}

type Timed = Pick<Call, 'ts' | 'id'>;

/** The order of calls everywhere: by start, then by id. */
export function byTime(a: Timed, b: Timed): number {
  return a.ts - b.ts || byCodeUnit(a.id, b.id);
}

/**
 * Puts calls that come a little late in order: gives out by time, then id, what is older than the
 * newest by more than LATENESS_MS. What comes later than that is given out at once, out of order.
 */
export class ReorderBuffer<T extends Timed> {
  #held: T[] = [];
  #sorted = true;
  #newest = Number.NEGATIVE_INFINITY;
  /** Release in steps, so that sorting is shared by many calls. */
  #next = Number.NEGATIVE_INFINITY;

  push(call: T): readonly T[] {
    const last = this.#held.at(-1);
    if (last && byTime(last, call) > 0) this.#sorted = false;
    this.#held.push(call);
    if (call.ts > this.#newest) this.#newest = call.ts;
    if (this.#newest < this.#next) return [];
    this.#next = this.#newest + LATENESS_MS / 8;
    return this.#release(this.#newest - LATENESS_MS);
  }

  flush(): readonly T[] {
    return this.#release(Number.POSITIVE_INFINITY);
  }

  #release(before: number): readonly T[] {
    if (!this.#sorted) this.#held.sort(byTime);
    this.#sorted = true;
    let count = 0;
    while (count < this.#held.length && (this.#held[count] as T).ts < before) count++;
    return this.#held.splice(0, count);
  }
}
