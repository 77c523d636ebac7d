import { count, list, text } from '../../../profile/schema/json-read.ts';
import { byCodeUnit, type Json, sortedEntries } from '../../../support/json.ts';

const MAX_PAIRS = 2_000;
const MAX_KEY = 700;
/** Beats of a pair that are kept: the last. */
const MAX_BEATS = 64;
/** What was silent for so long is another series. */
const PAUSE_MS = 30 * 60_000;

/** When a call came, Unix ms, and its size in bytes. */
export type Beat = readonly [ts: number, size: number];

/** What is kept of a pair: since when it goes on without a long pause, Unix ms, and its last beats. */
export interface Series {
  readonly since: number;
  readonly beats: readonly Beat[];
}

/** Further beats of a series; a long pause begins it anew. */
export function goOn({ since, beats }: Series, further: readonly Beat[]): Series {
  let begin = beats.length > 0 ? since : (further[0]?.[0] ?? 0);
  let last = beats.at(-1)?.[0] ?? begin;
  for (const [ts] of further) {
    if (ts - last > PAUSE_MS) begin = ts;
    last = ts;
  }
  return { since: begin, beats: [...beats, ...further].slice(-MAX_BEATS) };
}

/** The last beats of each pair of caller and host; bounded: pairs that are silent for longest go first. */
export class Beats {
  readonly #series = new Map<string, Series>();

  get(key: string): Series {
    return this.#series.get(key) ?? { since: 0, beats: [] };
  }

  add(key: string, beats: readonly Beat[]): void {
    if (key.length > MAX_KEY || beats.length === 0) return;
    this.#series.set(key, goOn(this.get(key), beats));
  }

  delete(key: string): void {
    this.#series.delete(key);
  }

  /** Forgets pairs without a beat since `oldest`, and those that are too many. */
  forget(oldest: number): void {
    for (const [key] of this.#series) if (this.#last(key) < oldest) this.#series.delete(key);
    const excess = this.#series.size - MAX_PAIRS;
    if (excess <= 0) return;
    const keys = [...this.#series.keys()].sort(
      (a, b) => this.#last(a) - this.#last(b) || byCodeUnit(a, b),
    );
    for (const key of keys.slice(0, excess)) this.#series.delete(key);
  }

  toJSON(): Json {
    return sortedEntries(this.#series).map(([key, { since, beats }]) => [key, since, beats]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Beats {
    const known = new Beats();
    for (const entry of list(json, MAX_PAIRS)) {
      const [key, since, beats] = list(entry, 3);
      const read = list(beats, MAX_BEATS).map((beat): Beat => {
        const [ts, size] = list(beat, 2);
        return [count(ts), count(size)];
      });
      known.#series.set(text(key, MAX_KEY), { since: count(since), beats: read });
    }
    return known;
  }

  #last(key: string): number {
    return this.get(key).beats.at(-1)?.[0] ?? 0;
  }
}
