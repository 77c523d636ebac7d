import { hash32 } from '../../support/hash.ts';
import type { Json } from '../../support/json.ts';
import { count, list } from './json-read.ts';

/** Things that are known one by one, at most: those with the smallest hashes, in any order the same. */
const MOST = 16;
/** Of their hashes: so many don't tell whose they are. */
const THINGS = 2 ** 16;
/** Hashes of values; 0 stands for several that differ. */
const VALUES = 2 ** 4;
const REPEATED = VALUES;
const DIFFERENT = REPEATED;
const STATES = 2 * VALUES;
/** Of longer texts both ends tell them apart. */
const WHOLE = 256;

/** What calls about one thing answered at one place. */
export interface ValueOfThing {
  /** A hash of the value, 1…15; undefined where it was now this, now that. */
  readonly value: number | undefined;
  /** Several calls answered. */
  readonly isRepeated: boolean;
}

/** What was answered at one place about a few things, by hashes too short to tell it. Mergeable. */
export class ValuesByThing {
  readonly #states = new Map<number, number>();
  #largest = THINGS;

  get size(): number {
    return this.#states.size;
  }

  /** By thing, ascending. */
  get known(): readonly (readonly [thing: number, value: ValueOfThing])[] {
    return this.#sorted().map(([thing, state]) => {
      const value = state % VALUES || undefined;
      return [thing, { value, isRepeated: state >= REPEATED }];
    });
  }

  /** Adds what was answered about the thing with this hash; what names the thing tells nothing of it. */
  add(value: string | number | boolean, named: number): void {
    const thing = named & (THINGS - 1);
    if (thing > this.#largest || this.#states.get(thing) === DIFFERENT) return;
    const hash = hash32(shortened(value));
    if (hash !== named) this.#join(thing, 1 + (hash % (VALUES - 1)));
  }

  merge(other: ValuesByThing): void {
    for (const [thing, state] of other.#states) this.#join(thing, state);
  }

  toJSON(): Json {
    return this.#sorted().map(([thing, state]) => thing * STATES + state);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json): ValuesByThing {
    const values = new ValuesByThing();
    for (const one of list(json, MOST).map(count)) {
      const thing = Math.floor(one / STATES);
      if (thing >= THINGS || values.#states.has(thing) || one % STATES === 0) {
        throw new RangeError('not values by thing');
      }
      values.#join(thing, one % STATES);
    }
    return values;
  }

  #join(thing: number, state: number): void {
    const known = this.#states.get(thing);
    if (known === undefined) this.#states.set(thing, state);
    else
      this.#states.set(thing, REPEATED + (known % VALUES === state % VALUES ? state % VALUES : 0));
    if (this.#states.size <= MOST) return;
    this.#states.delete(Math.max(...this.#states.keys()));
    this.#largest = Math.max(...this.#states.keys());
  }

  #sorted(): [number, number][] {
    return [...this.#states].sort((a, b) => a[0] - b[0]);
  }
}

function shortened(value: string | number | boolean): string {
  if (typeof value !== 'string' || value.length <= WHOLE) return String(value);
  return `${value.length} ${value.slice(0, WHOLE / 2)}${value.slice(-WHOLE / 2)}`;
}
