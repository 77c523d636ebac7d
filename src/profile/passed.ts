import { isRecord } from '../support/json.ts';
import { Examples } from './examples.ts';
import { type Json, texts, wholeNumber } from './fanout-json.ts';
import { Subjects, stored } from './schema/subjects.ts';

const NONE: readonly string[] = [];

/** Of calls that could pass something on, how many did. Mergeable. */
export class Passed {
  #seen = 0;
  #passed = 0;
  /** Of what was passed on. */
  readonly #things = new Subjects();
  #others: Examples | undefined;

  get seen(): number {
    return this.#seen;
  }

  get passed(): number {
    return this.#passed;
  }

  /** About how many different things were passed on. */
  get things(): number {
    return this.#things.size;
  }

  /** Calls that had another. */
  get others(): readonly string[] {
    return this.#others?.ids ?? NONE;
  }

  /** `thing`: a hash of what the call with this id passed on; undefined where it had another. */
  observe(id: string, thing: number | undefined): void {
    this.#seen++;
    if (thing === undefined) {
      this.#other(id);
      return;
    }
    this.#passed++;
    this.#things.add(thing);
  }

  merge(other: Passed): void {
    this.#seen += other.#seen;
    this.#passed += other.#passed;
    this.#things.merge(other.#things);
    for (const id of other.others) this.#other(id);
  }

  /** Nothing where there was none. */
  toJSON(): Json | undefined {
    if (this.#seen === 0) return undefined;
    const { seen, passed } = this;
    return { seen, passed, others: [...this.others], things: stored(this.#things) };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Passed {
    const read = new Passed();
    if (json === undefined) return read;
    if (!isRecord(json)) throw new RangeError('not what was passed on');
    read.#seen = wholeNumber(json.seen);
    read.#passed = wholeNumber(json.passed);
    if (read.#passed > read.#seen) throw new RangeError('not what was passed on');
    for (const id of texts(json.others)) read.#other(id);
    for (const bits of texts(json.things)) read.#things.merge(Subjects.fromJSON(bits));
    return read;
  }

  #other(id: string): void {
    this.#others ??= new Examples();
    this.#others.add(id);
  }
}
