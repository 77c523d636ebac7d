import type { Json } from '../../support/json.ts';
import { text } from './json-read.ts';

const BITS = 64;
const DIGITS = 8;
const HEX = /^[0-9a-f]{16}$/;

/**
 * How many subjects something was seen with, by linear counting in 64 bits (Whang et al. 1990): exact
 * to a tenth for the few that matter. Mergeable.
 */
export class Subjects {
  #low = 0;
  #high = 0;

  /** Adds the subject with this hash. */
  add(hash: number): void {
    if ((hash & 32) === 0) this.#low |= 1 << (hash & 31);
    else this.#high |= 1 << (hash & 31);
  }

  /** About so many; infinite when they are more than can be told, some 250. */
  get size(): number {
    return linearCount(bitsOf(this.#low) + bitsOf(this.#high), BITS);
  }

  /** Whether the others' subjects may all be among these. */
  holds(other: Subjects): boolean {
    return (other.#low & ~this.#low) === 0 && (other.#high & ~this.#high) === 0;
  }

  merge(other: Subjects): void {
    this.#low |= other.#low;
    this.#high |= other.#high;
  }

  toJSON(): string {
    return hexOf(this.#high) + hexOf(this.#low);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Subjects {
    const hex = text(json, 2 * DIGITS);
    if (!HEX.test(hex)) throw new RangeError('not a set of subjects');
    const subjects = new Subjects();
    subjects.#high = Number.parseInt(hex.slice(0, DIGITS), 16) | 0;
    subjects.#low = Number.parseInt(hex.slice(DIGITS), 16) | 0;
    return subjects;
  }
}

/** As the last member of what is stored: nothing where nobody told of any. */
export function stored(subjects: Subjects | undefined): string[] {
  return subjects && subjects.size > 0 ? [subjects.toJSON()] : [];
}

/** All of several sets together. */
export function together(sets: Iterable<Subjects | undefined>): Subjects {
  const all = new Subjects();
  for (const set of sets) if (set) all.merge(set);
  return all;
}

/** Distinct values that set so many of the bits. */
export function linearCount(set: number, bits: number): number {
  return set >= bits ? Number.POSITIVE_INFINITY : bits * Math.log(bits / (bits - set));
}

/** Bits that are set in 32. */
export function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** 32 bits as eight digits. */
export function hexOf(word: number): string {
  return (word >>> 0).toString(16).padStart(DIGITS, '0');
}
