import { looksSecret } from '../../calls/redact.ts';
import { type Json, sortedEntries } from '../../support/json.ts';
import { count, list, text } from './json-read.ts';
import { MAX_ENUM_VALUES } from './limits.ts';
import { Subjects, stored, together } from './subjects.ts';

/** A word or two, as programs name the members of an enumeration; never an id, a number or a sentence. */
const WORD = /^[A-Za-z][A-Za-z_]*(?:[ .:/+-][A-Za-z_]+){0,3}\d{0,2}$/;
/** Two capitalised words: a person's or a place's name. */
const PROPER_NAME = /^[A-Z][a-z]+(?: [A-Z][a-z]+)+$/;
const MAX_WORD = 40;

interface Member {
  count: number;
  readonly subjects: Subjects;
}

/**
 * The distinct words of a field with their counts, while they may be an enumeration; addresses by
 * their kind. Absorbing: once a value is no such word, or there are too many, nothing is kept. Mergeable.
 */
export class EnumValues {
  /** Undefined: open. */
  #members: Map<string, Member> | undefined = new Map();

  /** Whether the values are not an enumeration. */
  get open(): boolean {
    return this.#members === undefined;
  }

  /** By value in code-unit order; empty when open. */
  entries(): [string, number][] {
    return sortedEntries(this.#members ?? new Map<string, Member>()).map(([value, { count }]) => [
      value,
      count,
    ]);
  }

  /** What the calls with one of some values were about. */
  about(values: Iterable<string>): Subjects {
    return together([...values].map((value) => this.#members?.get(value)?.subjects));
  }

  add(value: string, subject: number): void {
    if (this.#members === undefined) return;
    const known = this.#members.get(value) ?? (isMember(value) ? this.#member(value) : undefined);
    if (!known) {
      this.close();
      return;
    }
    known.count++;
    known.subjects.add(subject);
  }

  /** Gives up: the values are secret, personal or free text. */
  close(): void {
    this.#members = undefined;
  }

  merge(other: EnumValues): void {
    if (other.#members === undefined) this.close();
    for (const [value, { count, subjects }] of other.#members ?? []) {
      const member = this.#member(value);
      if (!member) return;
      member.count += count;
      member.subjects.merge(subjects);
    }
  }

  toJSON(): Json {
    if (this.#members === undefined) return null;
    return sortedEntries(this.#members).map(([value, { count, subjects }]) => [
      value,
      count,
      ...stored(subjects),
    ]);
  }

  static fromJSON(json: Json | undefined): EnumValues {
    const values = new EnumValues();
    if (json === null) values.close();
    else {
      for (const entry of list(json, MAX_ENUM_VALUES)) {
        const [value, times, subjects] = list(entry, 3);
        const word = text(value, MAX_WORD);
        if (!isMember(word)) throw new RangeError('not an enumeration');
        const member = values.#member(word) as Member;
        member.count += count(times);
        if (subjects !== undefined) member.subjects.merge(Subjects.fromJSON(subjects));
      }
    }
    return values;
  }

  /** What is known of a value; undefined once there are too many. */
  #member(value: string): Member | undefined {
    const known = this.#members?.get(value);
    if (known || !this.#members) return known;
    const member = { count: 0, subjects: new Subjects() };
    this.#members.set(value, member);
    if (this.#members.size <= MAX_ENUM_VALUES) return member;
    this.close();
    return undefined;
  }
}

/** Whether a profile may keep this value as a member of an enumeration. */
export function isMember(value: string): boolean {
  if (value.length > MAX_WORD || !WORD.test(value)) return false;
  return !PROPER_NAME.test(value) && !looksSecret(value);
}
