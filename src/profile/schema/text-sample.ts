import { hash32 } from '../../support/hash.ts';
import type { Json } from '../../support/json.ts';
import { ALL_FORMATS, formatsOf } from './formats.ts';
import { count, fields, list, pair } from './json-read.ts';
import { bitsOf, linearCount } from './subjects.ts';
import { ALL_TRAITS, traitsOf } from './traits.ts';

/** Values that are known one by one, at most. */
const MOST = 64;
/** Halvings of the sample: more than any count of values needs. */
const LEVELS = 33;
const BITS = 32;

/** One text's mask of traits stands above its mask of formats. */
const ABOVE_FORMATS = ALL_FORMATS + 1;

interface Level {
  /** Counts by mask. */
  readonly masks: Map<number, number>;
  /** Different values, each a bit. */
  values: number;
}

/**
 * How many of a fixed random sample of texts had which formats and were written how, and how many differ. A text belongs to
 * the level that its hash gives (half of all to level 0, a quarter to 1, …), and only the levels from
 * `level` on are kept, so few texts are examined and any order ends with the same sample (adaptive
 * sampling, Wegman 1984).
 */
export class TextSample {
  #level = 0;
  #size = 0;
  readonly #levels = new Map<number, Level>();

  get size(): number {
    return this.#size;
  }

  /** About how many differ (linear counting, Whang et al. 1990); infinite beyond some 110. 0: not counted. */
  get distinct(): number {
    let values = 0;
    for (const level of this.#levels.values()) values |= level.values;
    return linearCount(bitsOf(values), BITS);
  }

  /** Whether a text with this hash is part of the sample, and has to be examined. */
  wants(hash: number): boolean {
    return levelOf(hash) >= this.#level;
  }

  /** Adds a text that `wants` asked for; gives its formats. */
  add(hash: number, text: string): number {
    const mask = formatsOf(text);
    const at = levelOf(hash);
    this.#count(at, mask, traitsOf(text), 1);
    this.#note(at, 1 << (hash32(text) & (BITS - 1)));
    return mask;
  }

  /** How many of the sample have every format of `mask`. */
  having(mask: number): number {
    return this.#countWhere((formats) => (formats & mask) === mask);
  }

  /** How many of the sample are written with every trait of `mask`. */
  writtenWith(mask: number): number {
    return this.#countWhere((_, traits) => (traits & mask) === mask);
  }

  /** Formats that all of the sample share. */
  shared(): number {
    let shared = this.#size === 0 ? 0 : ALL_FORMATS;
    this.#countWhere((formats) => {
      shared &= formats;
      return false;
    });
    return shared;
  }

  merge(other: TextSample): void {
    this.#dropBelow(Math.max(this.#level, other.#level));
    for (const [at, { masks, values }] of other.#levels) {
      for (const [mask, times] of masks) {
        this.#count(at, mask % ABOVE_FORMATS, Math.floor(mask / ABOVE_FORMATS), times);
      }
      this.#note(at, values);
    }
  }

  toJSON(): Json {
    const levels = [...this.#levels].sort((a, b) => a[0] - b[0]);
    return {
      level: this.#level,
      counts: levels.map(([at, { masks }]) => [
        at,
        [...masks]
          .sort((a, b) => a[0] - b[0])
          .map(([mask, times]) => [
            mask % ABOVE_FORMATS,
            times,
            ...(mask < ABOVE_FORMATS ? [] : [Math.floor(mask / ABOVE_FORMATS)]),
          ]),
      ]),
      values: levels.map(([, { values }]) => values >>> 0),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): TextSample {
    const sample = new TextSample();
    const raw = fields(json);
    sample.#level = Math.min(count(raw.level), LEVELS);
    // Profiles of before values were counted have none.
    const values = list(raw.values ?? [], LEVELS).map(count);
    for (const [i, entry] of list(raw.counts, LEVELS).entries()) {
      const [level, masks] = pair(entry);
      const at = count(level);
      const bits = values[i] ?? 0;
      if (at >= LEVELS || bits >= 2 ** BITS) throw new RangeError('not a sample of texts');
      for (const known of list(masks, MOST)) {
        const [mask = 0, times = 0, traits = 0] = list(known, 3).map(count);
        if (mask > ALL_FORMATS || traits > ALL_TRAITS || times === 0) {
          throw new RangeError('not a sample of texts');
        }
        sample.#count(at, mask, traits, times);
      }
      sample.#note(at, bits);
    }
    return sample;
  }

  #countWhere(counts: (formats: number, traits: number) => boolean): number {
    let found = 0;
    for (const { masks } of this.#levels.values()) {
      for (const [mask, times] of masks) {
        if (counts(mask % ABOVE_FORMATS, Math.floor(mask / ABOVE_FORMATS))) found += times;
      }
    }
    return found;
  }

  #count(at: number, formats: number, traits: number, times: number): void {
    if (at < this.#level) return;
    let level = this.#levels.get(at);
    if (!level) {
      level = { masks: new Map(), values: 0 };
      this.#levels.set(at, level);
    }
    const mask = formats + traits * ABOVE_FORMATS;
    level.masks.set(mask, (level.masks.get(mask) ?? 0) + times);
    this.#size += times;
    while (this.#size > MOST) this.#dropBelow(this.#level + 1);
  }

  /** Values of a level, if it is kept. */
  #note(at: number, values: number): void {
    const level = this.#levels.get(at);
    if (level) level.values |= values;
  }

  #dropBelow(level: number): void {
    this.#level = level;
    for (const [known, { masks }] of this.#levels) {
      if (known >= level) continue;
      for (const times of masks.values()) this.#size -= times;
      this.#levels.delete(known);
    }
  }
}

/** Trailing zero bits. */
function levelOf(hash: number): number {
  return hash === 0 ? 32 : 31 - Math.clz32(hash & -hash);
}
