import type { Json } from './fanout-json.ts';
import { KeptNames } from './kept-names.ts';
import { hashNamed, hasValue, isTelling, type NamedValues } from './named-values.ts';
import { Passed } from './passed.ts';

const MOST_NAMES = 24;

/** For each name that two messages have, whether the values are the same. Mergeable. */
export class SameByName {
  /** Most messages have no name in common. */
  #names: KeptNames<Passed> | undefined;

  get entries(): readonly (readonly [name: string, passed: Passed])[] {
    return this.#names?.entries() ?? [];
  }

  /** `values` of the call with this id, or made for it, beside those that they may be the same as. */
  observe(id: string, values: NamedValues, others: NamedValues): void {
    for (let i = 0; i < values.length; i += 2) {
      const name = values[i] as string;
      const other = hashNamed(others, name);
      if (other === undefined) continue;
      this.#at(name)?.observe(id, other === values[i + 1] ? other : undefined);
    }
  }

  /** Of the values whose names the others lack, whether they are among these under another name. */
  observeRenamed(id: string, values: NamedValues, others: NamedValues): void {
    for (let i = 0; i < values.length; i += 2) {
      const [name, value] = [values[i] as string, values[i + 1] as number];
      if (!isTelling(value) || hashNamed(others, name) !== undefined) continue;
      this.#at(name)?.observe(id, hasValue(others, value) ? value : undefined);
    }
  }

  merge(other: SameByName): void {
    for (const [name, theirs] of other.entries) this.#at(name)?.merge(theirs);
  }

  /** Nothing where there was none. */
  toJSON(): Json | undefined {
    const entries = this.entries.flatMap(([name, passed]): Json[] => {
      const json = passed.toJSON();
      return json === undefined ? [] : [[name, json]];
    });
    return entries.length === 0 ? undefined : entries;
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): SameByName {
    const read = new SameByName();
    if (json === undefined) return read;
    if (!Array.isArray(json) || json.length > MOST_NAMES) throw new RangeError('not named values');
    for (const entry of json) {
      if (!Array.isArray(entry) || typeof entry[0] !== 'string') {
        throw new RangeError('not named values');
      }
      read.#at(entry[0])?.merge(Passed.fromJSON(entry[1]));
    }
    return read;
  }

  #at(name: string): Passed | undefined {
    this.#names ??= new KeptNames(MOST_NAMES, () => new Passed());
    return this.#names.at(name);
  }
}
