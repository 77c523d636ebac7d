import type { Subject } from '../calls/subject.ts';
import { hash32 } from '../support/hash.ts';
import { isRecord } from '../support/json.ts';
import { Examples } from './examples.ts';
import type { ChildCall } from './fanout-child.ts';
import { type Json, texts, wholeNumber } from './fanout-json.ts';
import { Subjects, stored } from './schema/subjects.ts';

/** Surer links are taken for what they are. */
const SURE = 0.9;

/**
 * Calls that name an id, made for handled calls that name one: how many name one of the handled call's.
 * Mergeable.
 */
export class PassedIds {
  #seen = 0;
  #passed = 0;
  /** Of the ids that were passed on. */
  readonly #things = new Subjects();
  readonly #others = new Examples();

  get seen(): number {
    return this.#seen;
  }

  get passed(): number {
    return this.#passed;
  }

  /** About how many different ids were passed on. */
  get things(): number {
    return this.#things.size;
  }

  /** Calls that named another. */
  get others(): readonly string[] {
    return this.#others.ids;
  }

  observe(asked: Subject['ids'], { call, ids = [], confidence }: ChildCall): void {
    if (asked.length === 0 || ids.length === 0 || confidence < SURE) return;
    this.#seen++;
    const passed = ids.find((id) => asked.includes(id));
    if (passed === undefined) {
      this.#others.add(call.id);
      return;
    }
    this.#passed++;
    this.#things.add(hash32(String(passed)));
  }

  merge(other: PassedIds): void {
    this.#seen += other.#seen;
    this.#passed += other.#passed;
    this.#things.merge(other.#things);
    for (const id of other.others) this.#others.add(id);
  }

  /** Nothing where there was none. */
  toJSON(): Json | undefined {
    if (this.#seen === 0) return undefined;
    const { seen, passed } = this;
    return { seen, passed, others: [...this.others], things: stored(this.#things) };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): PassedIds {
    const ids = new PassedIds();
    if (json === undefined) return ids;
    if (!isRecord(json)) throw new RangeError('not ids');
    ids.#seen = wholeNumber(json.seen);
    ids.#passed = wholeNumber(json.passed);
    if (ids.#passed > ids.#seen) throw new RangeError('not ids');
    for (const id of texts(json.others)) ids.#others.add(id);
    for (const bits of texts(json.things)) ids.#things.merge(Subjects.fromJSON(bits));
    return ids;
  }
}
