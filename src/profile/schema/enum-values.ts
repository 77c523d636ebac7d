import { looksSecret } from '../../calls/redact.ts';
import { type Json, sortedEntries } from '../../support/json.ts';
import { count, list, pair, text } from './json-read.ts';
import { MAX_ENUM_VALUES } from './limits.ts';

/** A word or two, as programs name the members of an enumeration; never an id, a number or a sentence. */
const WORD = /^[A-Za-z][A-Za-z_]*(?:[ .:/+-][A-Za-z_]+){0,3}\d{0,2}$/;
/** Two capitalised words: a person's or a place's name. */
const PROPER_NAME = /^[A-Z][a-z]+(?: [A-Z][a-z]+)+$/;
const MAX_WORD = 40;

/**
 * The distinct words of a field with their counts, while they may be an enumeration. Absorbing:
 * once a value is no such word, or there are too many, nothing is kept. Mergeable.
 */
export class EnumValues {
  /** Undefined: open. */
  #counts: Map<string, number> | undefined = new Map();

  /** Whether the values are not an enumeration. */
  get open(): boolean {
    return this.#counts === undefined;
  }

  /** By value in code-unit order; empty when open. */
  entries(): [string, number][] {
    return sortedEntries(this.#counts ?? new Map());
  }

  add(value: string): void {
    if (this.#counts === undefined) return;
    const before = this.#counts.get(value);
    if (before !== undefined) this.#counts.set(value, before + 1);
    else if (isMember(value)) this.#bump(value, 1);
    else this.close();
  }

  /** Gives up: the values are secret, personal or free text. */
  close(): void {
    this.#counts = undefined;
  }

  merge(other: EnumValues): void {
    if (other.#counts === undefined) this.close();
    else for (const [value, times] of other.#counts) this.#bump(value, times);
  }

  toJSON(): Json {
    return this.#counts === undefined ? null : this.entries();
  }

  static fromJSON(json: Json | undefined): EnumValues {
    const values = new EnumValues();
    if (json === null) values.close();
    else {
      for (const entry of list(json, MAX_ENUM_VALUES)) {
        const [value, times] = pair(entry);
        const word = text(value, MAX_WORD);
        if (!isMember(word)) throw new RangeError('not an enumeration');
        values.#bump(word, count(times));
      }
    }
    return values;
  }

  #bump(value: string, times: number): void {
    if (this.#counts === undefined) return;
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + times);
    if (this.#counts.size > MAX_ENUM_VALUES) this.close();
  }
}

/** Whether a profile may keep this value as a member of an enumeration. */
export function isMember(value: string): boolean {
  if (value.length > MAX_WORD || !WORD.test(value)) return false;
  return !PROPER_NAME.test(value) && !looksSecret(value);
}
