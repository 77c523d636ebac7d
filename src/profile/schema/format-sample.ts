import type { Json } from '../../support/json.ts';
import { ALL_FORMATS } from './formats.ts';
import { count, fields, list, pair } from './json-read.ts';

/** Values whose formats are known one by one, at most. */
const MOST = 64;
/** Halvings of the sample: more than any count of values needs. */
const LEVELS = 33;

/**
 * How many of a fixed random sample of the values had which formats. A value belongs to the level
 * that its hash gives (half of all to level 0, a quarter to 1, …), and only the levels from `level`
 * on are kept, so few values are examined and any order ends with the same sample (adaptive
 * sampling, Wegman 1984).
 */
export class FormatSample {
  #level = 0;
  #size = 0;
  /** By level: counts by mask. */
  readonly #levels = new Map<number, Map<number, number>>();

  get size(): number {
    return this.#size;
  }

  /** Whether a value with this hash is part of the sample, and has to be examined. */
  wants(hash: number): boolean {
    return levelOf(hash) >= this.#level;
  }

  /** Adds the formats of a value that `wants` asked for. */
  add(hash: number, mask: number): void {
    this.#bump(levelOf(hash), mask, 1);
  }

  /** How many of the sample have every format of `mask`. */
  having(mask: number): number {
    let having = 0;
    for (const counts of this.#levels.values()) {
      for (const [known, times] of counts) if ((known & mask) === mask) having += times;
    }
    return having;
  }

  /** Formats that all of the sample share. */
  shared(): number {
    let shared = ALL_FORMATS;
    for (const counts of this.#levels.values()) for (const mask of counts.keys()) shared &= mask;
    return this.#size === 0 ? 0 : shared;
  }

  merge(other: FormatSample): void {
    if (other.#level > this.#level) this.#dropBelow(other.#level);
    for (const [level, counts] of other.#levels) {
      for (const [mask, times] of counts) this.#bump(level, mask, times);
    }
  }

  toJSON(): Json {
    const levels = [...this.#levels].sort((a, b) => a[0] - b[0]);
    return {
      level: this.#level,
      counts: levels.map(([level, counts]) => [level, [...counts].sort((a, b) => a[0] - b[0])]),
    };
  }

  static fromJSON(json: Json | undefined): FormatSample {
    const sample = new FormatSample();
    const raw = fields(json);
    sample.#level = Math.min(count(raw.level), LEVELS);
    for (const entry of list(raw.counts, LEVELS)) {
      const [level, masks] = pair(entry);
      const at = count(level);
      if (at >= LEVELS) throw new RangeError('not a sample of formats');
      for (const known of list(masks, MOST)) {
        const [mask, times] = pair(known).map(count) as [number, number];
        if (mask > ALL_FORMATS || times === 0) throw new RangeError('not a sample of formats');
        sample.#bump(at, mask, times);
      }
    }
    return sample;
  }

  #bump(level: number, mask: number, times: number): void {
    if (level < this.#level) return;
    let counts = this.#levels.get(level);
    if (!counts) {
      counts = new Map();
      this.#levels.set(level, counts);
    }
    counts.set(mask, (counts.get(mask) ?? 0) + times);
    this.#size += times;
    while (this.#size > MOST) this.#dropBelow(this.#level + 1);
  }

  #dropBelow(level: number): void {
    this.#level = level;
    for (const [known, counts] of this.#levels) {
      if (known >= level) continue;
      for (const times of counts.values()) this.#size -= times;
      this.#levels.delete(known);
    }
  }
}

/** Trailing zero bits. */
function levelOf(hash: number): number {
  return hash === 0 ? 32 : 31 - Math.clz32(hash & -hash);
}
