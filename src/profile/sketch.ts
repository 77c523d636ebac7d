import type { Json } from '../support/json.ts';

/** Relative error of a quantile: half a bucket, 1 %. */
const GAMMA = 1.02;
const LOG_GAMMA = Math.log(GAMMA);
/** Below this (ms: one microsecond) a value counts as zero. */
const SMALLEST = 1e-3;
const LARGEST = 1e12;

/**
 * Quantile sketch with relative error (DDSketch, Masson et al., VLDB 2019): counts in logarithmic
 * buckets. Merging adds counts, so any cut and any order give the same sketch. The range is bounded
 * (1e-3 … 1e12), hence so is the number of buckets (about 1,750).
 */
export class Sketch {
  #zeros = 0;
  #count = 0;
  readonly #buckets = new Map<number, number>();
  /** The buckets in order, until one changes. */
  #order: readonly (readonly [number, number])[] | undefined;

  get count(): number {
    return this.#count;
  }

  /** Adds a value ≥ 0; NaN and negative values count as zero. */
  add(value: number, count = 1): void {
    this.#count += count;
    this.#order = undefined;
    if (!(value >= SMALLEST)) {
      this.#zeros += count;
      return;
    }
    const index = Math.ceil(Math.log(Math.min(value, LARGEST)) / LOG_GAMMA);
    this.#buckets.set(index, (this.#buckets.get(index) ?? 0) + count);
  }

  merge(other: Sketch): void {
    this.#zeros += other.#zeros;
    this.#count += other.#count;
    this.#order = undefined;
    for (const [index, count] of other.#buckets) {
      this.#buckets.set(index, (this.#buckets.get(index) ?? 0) + count);
    }
  }

  /** Value at rank ⌈q·n⌉ (1-based), within 1 %; NaN when empty. */
  quantile(q: number): number {
    return this.atRank(Math.ceil(q * this.#count));
  }

  /** Value of the given 1-based rank, clamped to the sample; NaN when empty. */
  atRank(rank: number): number {
    if (this.#count === 0) return Number.NaN;
    const wanted = Math.min(Math.max(rank, 1), this.#count);
    let seen = this.#zeros;
    if (seen >= wanted) return 0;
    for (const [index, count] of this.#sorted()) {
      seen += count;
      if (seen >= wanted) return midpoint(index);
    }
    return Number.NaN;
  }

  /** How many values lie in buckets above the one that holds `value`. */
  countAbove(value: number): number {
    let above = 0;
    for (const [index, count] of this.#buckets) if (midpoint(index) > value) above += count;
    return above;
  }

  /** Sum of the values, within 1 %. */
  sum(): number {
    let sum = 0;
    for (const [index, count] of this.#sorted()) sum += midpoint(index) * count;
    return sum;
  }

  mean(): number {
    return this.#count === 0 ? Number.NaN : this.sum() / this.#count;
  }

  /** Bucket midpoints with their counts, ascending; zero first. */
  *entries(): Generator<readonly [value: number, count: number]> {
    if (this.#zeros > 0) yield [0, this.#zeros];
    for (const [index, count] of this.#sorted()) yield [midpoint(index), count];
  }

  /** `[zeros, index, count, index, count, …]`, ascending. */
  toJSON(): Json {
    return [this.#zeros, ...this.#sorted().flat()];
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Sketch {
    const sketch = new Sketch();
    if (!Array.isArray(json) || json.length % 2 !== 1) throw new RangeError('not a sketch');
    const numbers = json.map(whole);
    sketch.#zeros = numbers[0] as number;
    sketch.#count = sketch.#zeros;
    for (let i = 1; i < numbers.length; i += 2) {
      const index = numbers[i] as number;
      const count = numbers[i + 1] as number;
      if (count <= 0 || sketch.#buckets.has(index)) throw new RangeError('not a sketch');
      sketch.#buckets.set(index, count);
      sketch.#count += count;
    }
    return sketch;
  }

  #sorted(): readonly (readonly [number, number])[] {
    this.#order ??= [...this.#buckets].sort((a, b) => a[0] - b[0]);
    return this.#order;
  }
}

function midpoint(index: number): number {
  return (2 * GAMMA ** index) / (GAMMA + 1);
}

function whole(value: unknown, position: number): number {
  if (!Number.isSafeInteger(value) || (position % 2 === 0 && (value as number) < 0)) {
    throw new RangeError('not a sketch');
  }
  return value as number;
}
