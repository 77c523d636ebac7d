import type { Json } from '../support/json.ts';
import { list, text } from './schema/json-read.ts';
import { bitsOf, hexOf, linearCount } from './schema/subjects.ts';

const WORDS = 8;
const BITS = 32 * WORDS;
/** Subjects of which each level counts one: all, and those by whose hash one in so many is taken. */
const RATES = [1, 16, 256] as const;
/** Up to so many bits a level counts well. */
const FULL = 0.9 * BITS;
const HEX = /^[0-9a-f]{64}$/;
/** So much of one set is in the other when both are about the same. */
const SAME = 0.9;
/** What chance may make of that. */
const CHANCE = 0.001;

/**
 * How many subjects the messages of an operation are about, up to some hundred thousand, to about a
 * tenth: linear counting (Whang et al. 1990) of all, and of samples by hash. Mergeable.
 */
export class SubjectCount {
  readonly #levels = RATES.map(() => new Int32Array(WORDS));

  add(hash: number): void {
    const bit = hash & (BITS - 1);
    const rest = hash >>> 8;
    for (let i = 0; i < RATES.length && rest % (RATES[i] as number) === 0; i++) {
      const words = this.#levels[i] as Int32Array;
      (words[bit >>> 5] as number) |= 1 << (bit & 31);
    }
  }

  get size(): number {
    const level = this.#level();
    const counted = linearCount(setIn(this.#levels[level] as Int32Array), BITS);
    return counted * (RATES[level] as number);
  }

  /** Whether the others' subjects are these, as where a test uses the same data again. */
  holds(others: SubjectCount): boolean {
    const level = Math.max(this.#level(), others.#level());
    const mine = this.#levels[level] as Int32Array;
    const theirs = others.#levels[level] as Int32Array;
    const all = setIn(theirs);
    const shared = theirs.reduce((sum, word, i) => sum + bitsOf(word & (mine[i] as number)), 0);
    return shared >= SAME * all && (setIn(mine) / BITS) ** shared <= CHANCE;
  }

  merge(other: SubjectCount): void {
    for (const [i, words] of this.#levels.entries()) {
      const theirs = other.#levels[i] as Int32Array;
      for (let at = 0; at < WORDS; at++) (words[at] as number) |= theirs[at] as number;
    }
  }

  /** Levels up to the last that counted any. */
  toJSON(): Json {
    const levels = this.#levels.map((words) => [...words].map(hexOf).join(''));
    return levels.slice(0, this.#levels.findLastIndex((words) => setIn(words) > 0) + 1);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): SubjectCount {
    const subjects = new SubjectCount();
    for (const [i, level] of list(json ?? [], RATES.length).entries()) {
      const hex = text(level, BITS / 4);
      if (!HEX.test(hex)) throw new RangeError('not a set of subjects');
      const words = subjects.#levels[i] as Int32Array;
      for (let at = 0; at < WORDS; at++) {
        words[at] = Number.parseInt(hex.slice(8 * at, 8 * at + 8), 16);
      }
    }
    return subjects;
  }

  /** The finest level that is not full. */
  #level(): number {
    const first = this.#levels.findIndex((words) => setIn(words) <= FULL);
    return first < 0 ? RATES.length - 1 : first;
  }
}

function setIn(words: Int32Array): number {
  return words.reduce((sum, word) => sum + bitsOf(word), 0);
}
