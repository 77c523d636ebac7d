import type { Json } from '../../support/json.ts';
import { Histogram } from './histogram.ts';
import { count, fields } from './json-read.ts';
import { bitsOf, linearCount } from './subjects.ts';

const BITS = 32;

const DOUBLE = new DataView(new ArrayBuffer(8));

/** What was seen of the numbers at one place: signs, magnitudes, and how many differ. Mergeable. */
export class NumberFacts {
  negative = 0;
  /** Different values, each a bit. */
  #values = 0;
  readonly magnitudes = new Histogram();

  add(value: number): void {
    if (value < 0) this.negative++;
    this.magnitudes.add(value);
    this.#values |= 1 << bitOf(value);
  }

  /** About how many differ (linear counting, Whang et al. 1990); infinite beyond some 110. 0: not counted. */
  get distinct(): number {
    return linearCount(bitsOf(this.#values), BITS);
  }

  merge(other: NumberFacts): void {
    this.negative += other.negative;
    this.magnitudes.merge(other.magnitudes);
    this.#values |= other.#values;
  }

  toJSON(): Json {
    return {
      negative: this.negative,
      magnitudes: this.magnitudes.toJSON(),
      values: this.#values >>> 0,
    };
  }

  static fromJSON(json: Json | undefined): NumberFacts {
    const { negative, magnitudes, values } = fields(json);
    const facts = new NumberFacts();
    facts.negative = count(negative);
    facts.magnitudes.merge(Histogram.fromJSON(magnitudes));
    // Profiles of before values were counted have none.
    const bits = count(values ?? 0);
    if (bits >= 2 ** BITS) throw new RangeError('not facts of numbers');
    facts.#values = bits | 0;
    return facts;
  }
}

/** 0…31. The product's upper bits are mixed best. */
function bitOf(value: number): number {
  const hash = Number.isSafeInteger(value) ? value * 8191 : hashOf(value);
  return Math.imul(hash, 0x9e3779b1) >>> 27;
}

/** Fractions that lie close together, and numbers too large to have any, differ somewhere in their 64 bits. */
function hashOf(value: number): number {
  DOUBLE.setFloat64(0, value);
  const hash = Math.imul(DOUBLE.getInt32(4), 0x85ebca6b) ^ DOUBLE.getInt32(0);
  return hash ^ (hash >>> 15);
}
