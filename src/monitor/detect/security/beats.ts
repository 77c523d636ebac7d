import { count, list, text } from '../../../profile/schema/json-read.ts';
import { byCodeUnit, type Json, sortedEntries } from '../../../support/json.ts';

const MAX_PAIRS = 2_000;
const MAX_KEY = 700;
/** Beats of a pair that are kept: the last. */
export const MAX_BEATS = 64;

/** When a call came, Unix ms, and its size in bytes. */
export type Beat = readonly [ts: number, size: number];

/** The last beats of each pair of caller and host; bounded: pairs that are silent for longest go first. */
export class Beats {
  readonly #beats = new Map<string, readonly Beat[]>();

  get(key: string): readonly Beat[] {
    return this.#beats.get(key) ?? [];
  }

  add(key: string, beats: readonly Beat[]): void {
    if (key.length > MAX_KEY || beats.length === 0) return;
    this.#beats.set(key, [...this.get(key), ...beats].slice(-MAX_BEATS));
  }

  delete(key: string): void {
    this.#beats.delete(key);
  }

  /** Forgets pairs without a beat since `oldest`, and those that are too many. */
  forget(oldest: number): void {
    for (const [key] of this.#beats) if (this.#last(key) < oldest) this.#beats.delete(key);
    const excess = this.#beats.size - MAX_PAIRS;
    if (excess <= 0) return;
    const keys = [...this.#beats.keys()].sort(
      (a, b) => this.#last(a) - this.#last(b) || byCodeUnit(a, b),
    );
    for (const key of keys.slice(0, excess)) this.#beats.delete(key);
  }

  toJSON(): Json {
    return sortedEntries(this.#beats).map(([key, beats]) => [key, beats]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Beats {
    const known = new Beats();
    for (const entry of list(json, MAX_PAIRS)) {
      const [key, beats] = list(entry, 2);
      const read = list(beats, MAX_BEATS).map((beat): Beat => {
        const [ts, size] = list(beat, 2);
        return [count(ts), count(size)];
      });
      known.#beats.set(text(key, MAX_KEY), read);
    }
    return known;
  }

  #last(key: string): number {
    return this.get(key).at(-1)?.[0] ?? 0;
  }
}
