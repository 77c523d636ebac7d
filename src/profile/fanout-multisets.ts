import { Counter } from '../support/counter.ts';
import { isRecord, sortedEntries } from '../support/json.ts';
import type { Json } from './fanout-json.ts';
import { readLines, writeLines } from './fanout-lines.ts';
import { Subjects } from './schema/subjects.ts';

const MAX_MULTISETS = 64;

/**
 * Handled calls by multiset of targets (`readMultiset`), and what they were about. Bounded: of more
 * multisets only how many calls there were is known. Mergeable.
 */
export class Multisets {
  readonly #counts = new Counter(MAX_MULTISETS);
  readonly #subjects = new Map<string, Subjects>();

  get capped(): boolean {
    return this.#counts.capped;
  }

  add(multiset: string, subject: number): void {
    this.#counts.add(multiset);
    if (this.capped) this.#subjects.clear();
    else this.#about(multiset).add(subject);
  }

  entries(): [multiset: string, handled: number][] {
    return this.#counts.entries();
  }

  /** What the calls of each multiset were about; undefined where that isn't known of all. */
  about(): ReadonlyMap<string, Subjects> | undefined {
    if (this.capped || this.entries().some(([name]) => !this.#subjects.has(name))) return undefined;
    return this.#subjects;
  }

  merge(other: Multisets): void {
    this.#counts.merge(other.#counts);
    if (this.capped) this.#subjects.clear();
    else for (const [multiset, theirs] of other.#subjects) this.#about(multiset).merge(theirs);
  }

  toJSON(): Json {
    const about = this.about() && sortedEntries(this.#subjects).map(([, one]) => one.toJSON());
    return { ...(writeLines(this.#counts) as object), ...(about && { about }) };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Multisets {
    const multisets = new Multisets();
    multisets.#counts.merge(readLines(json, MAX_MULTISETS));
    if (!isRecord(json) || json.about === undefined) return multisets;
    const entries = multisets.entries();
    if (!Array.isArray(json.about) || json.about.length !== entries.length) {
      throw new RangeError('not multisets');
    }
    for (const [i, hex] of json.about.entries()) {
      multisets.#about((entries[i] as [string, number])[0]).merge(Subjects.fromJSON(hex));
    }
    return multisets;
  }

  #about(multiset: string): Subjects {
    let subjects = this.#subjects.get(multiset);
    if (!subjects) {
      subjects = new Subjects();
      this.#subjects.set(multiset, subjects);
    }
    return subjects;
  }
}
