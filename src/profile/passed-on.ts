import { hash32 } from '../support/hash.ts';
import type { ChildCall } from './fanout-child.ts';
import type { Json } from './fanout-json.ts';
import { KeptNames } from './kept-names.ts';
import { hashNamed, type NamedValues } from './named-values.ts';
import { Passed } from './passed.ts';
import type { Said } from './said.ts';

/** Surer links are taken for what they are. */
const SURE = 0.9;
/** Names of values, on each side, that are looked at. */
const MOST_NAMES = 24;

/**
 * What calls to one target have in common with the calls that they were made for: an id, values of
 * requests by their name, and values of answers. Mergeable.
 */
export class PassedOn {
  /** Of calls that name an id, made for handled calls that name one: whether they name one of theirs. */
  readonly ids = new Passed();
  readonly #parameters = new ByName();
  readonly #answers = new ByName();

  /** Of names that both requests have: whether the values are the same. In code-unit order. */
  get parameters(): readonly (readonly [name: string, passed: Passed])[] {
    return this.#parameters.entries;
  }

  /** The same of the answers. */
  get answers(): readonly (readonly [name: string, passed: Passed])[] {
    return this.#answers.entries;
  }

  /** `calls`: all that a handled call, which says `said`, caused to the target. */
  observe(said: Said, calls: readonly ChildCall[]): void {
    for (const child of calls) {
      if (child.confidence >= SURE) this.#observeIds(said, child);
    }
    const [only] = calls;
    // Of several calls, any may be the one that is meant.
    if (!only || calls.length > 1 || only.confidence < SURE) return;
    const { id } = only.call;
    this.#parameters.observe(id, only.said.request, said.request);
    this.#answers.observe(id, only.said.response, said.response);
  }

  merge(other: PassedOn): void {
    this.ids.merge(other.ids);
    this.#parameters.merge(other.#parameters);
    this.#answers.merge(other.#answers);
  }

  /** Members of what is told of the target, each where there is anything. */
  toJSON(): { readonly [member: string]: Json } {
    const ids = this.ids.toJSON();
    const [parameters, answers] = [this.#parameters.toJSON(), this.#answers.toJSON()];
    return {
      ...(ids !== undefined && { ids }),
      ...(parameters !== undefined && { parameters }),
      ...(answers !== undefined && { answers }),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: { readonly [member: string]: Json }): PassedOn {
    const read = new PassedOn();
    read.ids.merge(Passed.fromJSON(json.ids));
    read.#parameters.merge(ByName.fromJSON(json.parameters));
    read.#answers.merge(ByName.fromJSON(json.answers));
    return read;
  }

  #observeIds({ subject }: Said, { call, said }: ChildCall): void {
    const [asked, named] = [subject.ids, said.subject.ids];
    if (asked.length === 0 || named.length === 0) return;
    const passed = named.find((id) => asked.includes(id));
    this.ids.observe(call.id, passed === undefined ? undefined : hash32(String(passed)));
  }
}

/** For each name that both messages have, whether the values are the same. Most targets have none. */
class ByName {
  #names: KeptNames<Passed> | undefined;

  get entries(): readonly (readonly [name: string, passed: Passed])[] {
    return this.#names?.entries() ?? [];
  }

  observe(id: string, values: NamedValues, others: NamedValues): void {
    for (let i = 0; i < values.length; i += 2) {
      const name = values[i] as string;
      const other = hashNamed(others, name);
      if (other === undefined) continue;
      this.#at(name)?.observe(id, other === values[i + 1] ? other : undefined);
    }
  }

  merge(other: ByName): void {
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
  static fromJSON(json: Json | undefined): ByName {
    const read = new ByName();
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
