import type { Json } from '../../support/json.ts';
import type { CallRef } from './call-ref.ts';
import { count, list as listOf } from './json-read.ts';

/** Fewer values stand in some order by chance. */
const LEAST = 3;
/** A longer text is prose: nothing is sorted by it. */
const LONGEST = 64;

/** In how many lists the values of one place of their items rose, or fell, from first to last, or stood twice in a row. */
export interface OrderCounts {
  /** Lists of three or more values that are not all the same. */
  readonly lists: number;
  readonly ascending: number;
  readonly descending: number;
  /** Lists in which a value follows itself. */
  readonly repeating: number;
}

/** In which order the values of one place stand in the lists that hold them. Mergeable. */
export class ListOrder {
  #lists = 0;
  #ascending = 0;
  #descending = 0;
  #repeating = 0;
  /** The list that is being observed: of which call, and which of its lists. */
  #call: CallRef | undefined;
  #list = 0;
  #last: string | number = 0;
  #values = 0;
  #rises = false;
  #falls = false;
  #repeats = false;

  /** Adds the next value of the `list`th list of a call. */
  add(value: string | number, call: CallRef, list: number): void {
    if (list !== this.#list || call !== this.#call) {
      this.#settle();
      this.#call = call;
      this.#list = list;
    } else if (value === this.#last) this.#repeats = true;
    else if (!(this.#rises && this.#falls)) {
      const last = this.#last;
      const isUnlike = typeof last !== typeof value;
      if (isUnlike || value > last || isProse(value)) this.#rises = true;
      if (isUnlike || value < last || isProse(value)) this.#falls = true;
    }
    this.#last = value;
    this.#values++;
  }

  counts(): OrderCounts {
    this.#settle();
    return {
      lists: this.#lists,
      ascending: this.#ascending,
      descending: this.#descending,
      repeating: this.#repeating,
    };
  }

  merge(other: ListOrder): void {
    const { lists, ascending, descending, repeating } = other.counts();
    this.#lists += lists;
    this.#ascending += ascending;
    this.#descending += descending;
    this.#repeating += repeating;
  }

  toJSON(): Json {
    const { lists, ascending, descending, repeating } = this.counts();
    return [lists, ascending, descending, repeating];
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json): ListOrder {
    const [lists = 0, ascending = 0, descending = 0, repeating = 0] = listOf(json, 4).map(count);
    if (Math.max(ascending + descending, repeating) > lists)
      throw new RangeError('not an order of lists');
    const order = new ListOrder();
    order.#lists = lists;
    order.#ascending = ascending;
    order.#descending = descending;
    order.#repeating = repeating;
    return order;
  }

  /** Counts the list that is over. */
  #settle(): void {
    if (this.#values >= LEAST && (this.#rises || this.#falls)) {
      this.#lists++;
      if (!this.#falls) this.#ascending++;
      if (!this.#rises) this.#descending++;
      if (this.#repeats) this.#repeating++;
    }
    this.#call = undefined;
    this.#values = 0;
    this.#rises = false;
    this.#falls = false;
    this.#repeats = false;
  }
}

function isProse(value: string | number): boolean {
  return typeof value === 'string' && value.length > LONGEST;
}
