import type { Json } from '../../support/json.ts';
import { count, list, pair } from './json-read.ts';

/** Powers of two that are told apart: below one, then each power up to 2^63, then the rest. */
const BUCKETS = 66;

/** Counts of magnitudes by powers of two: the range of numbers and lengths, never a value. Mergeable. */
export class Histogram {
  readonly #counts: number[] = [];

  /** Adds the magnitude of a number; its sign doesn't matter. */
  add(value: number, times = 1): void {
    this.#bump(bucketOf(value), times);
  }

  merge(other: Histogram): void {
    other.#counts.forEach((times, bucket) => {
      this.#bump(bucket, times);
    });
  }

  /** How many magnitudes are less than one. */
  get belowOne(): number {
    return this.#counts[0] ?? 0;
  }

  /** How many magnitudes are at least `low`, a power of two. */
  atLeast(low: number): number {
    return this.count(bucketOf(low));
  }

  /** How many magnitudes are in a bucket from `least` on: in 0 those below one, in k those from 2^(k − 1) on. */
  count(least: number): number {
    return this.#counts.slice(least).reduce((sum, times) => sum + (times ?? 0), 0);
  }

  /** The power to which two is raised for what a share (0…1) of these lie below; even inside a bucket. */
  octave(share: number, least: number): number {
    let left = share * this.count(least);
    let octave = least - 1;
    for (let bucket = least; bucket < BUCKETS; bucket++) {
      const times = this.#counts[bucket] ?? 0;
      if (times === 0) continue;
      octave = bucket - 1 + Math.min(1, left / times);
      left -= times;
      if (left <= 0) break;
    }
    return octave;
  }

  /** Whether every value lies in [low, high), both powers of two. */
  within(low: number, high: number): boolean {
    const range = this.range();
    return range !== undefined && range.low >= low && range.high <= high;
  }

  /** The powers of two between which all values lie: low ≤ |value| < high. Undefined when empty. */
  range(): { readonly low: number; readonly high: number } | undefined {
    const used = Object.keys(this.#counts).map(Number);
    const first = used[0];
    const last = used.at(-1);
    if (first === undefined || last === undefined) return undefined;
    return {
      low: first === 0 ? 0 : 2 ** (first - 1),
      high: last === BUCKETS - 1 ? Number.POSITIVE_INFINITY : 2 ** last,
    };
  }

  toJSON(): Json {
    return Object.entries(this.#counts).map(([bucket, times]) => [Number(bucket), times]);
  }

  static fromJSON(json: Json | undefined): Histogram {
    const histogram = new Histogram();
    for (const entry of list(json, BUCKETS)) {
      const [bucket, times] = pair(entry).map(count) as [number, number];
      if (bucket >= BUCKETS || times === 0) throw new RangeError('not a histogram');
      histogram.#bump(bucket, times);
    }
    return histogram;
  }

  #bump(bucket: number, times: number): void {
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + times;
  }
}

function bucketOf(value: number): number {
  const magnitude = Math.abs(value);
  if (magnitude < 1) return 0;
  if (magnitude < 0x1_0000_0000) return 32 - Math.clz32(magnitude);
  if (magnitude >= 2 ** 63) return magnitude >= 2 ** 64 ? BUCKETS - 1 : 64;
  return 33 + Math.floor(Math.log2(magnitude / 0x1_0000_0000));
}
