import { count, list, text } from '../../profile/schema/json-read.ts';
import { byCodeUnit, type Json, sortedEntries } from '../../support/json.ts';
import { DAY_MS, FINAL_MS, type Slot } from '../slot.ts';

const MAX_KEYS = 5_000;
const MAX_KEY = 2_000;
/** What was not seen for so long is forgotten, and news again. */
const FORGET_MS = 30 * DAY_MS;
/** A slot is judged, and those before it are learned, at most so long after they could be, ms. */
const TARDY_MS = 60_000;

interface Seen {
  readonly first: number;
  readonly last: number;
}

/**
 * `new`: never seen before. `ongoing`: it began within a day and has not paused since. `known`: a day
 * old, or there when the learning began, or it paused: it was told once.
 */
export type Standing = 'new' | 'ongoing' | 'known';

/** When things were first and last seen, Unix ms, by key; bounded: those not seen for longest go first. */
export class Sightings {
  readonly #limit: number;
  readonly #seen = new Map<string, Seen>();

  constructor(limit = MAX_KEYS) {
    this.#limit = limit;
  }

  get(key: string): Seen | undefined {
    return this.#seen.get(key);
  }

  /** With `pause` (ms): what was away for longer begins again. */
  see(key: string, ts: number, pause = Number.POSITIVE_INFINITY): void {
    if (key.length > MAX_KEY) return;
    const before = this.#seen.get(key);
    const known = before && ts - before.last <= pause ? before : undefined;
    this.#seen.set(key, { first: known?.first ?? ts, last: Math.max(ts, known?.last ?? ts) });
  }

  /** `since`: when the learning began; `quiet`: slots without it after which it has paused. */
  standing(key: string, slot: Slot, since: number | undefined, quiet: number): Standing {
    const seen = this.#seen.get(key);
    if (!seen) return 'new';
    const early = isEarly(slot, since);
    if (!early && seen.first - (since ?? seen.first) < DAY_MS) return 'known';
    if (slot.start - seen.first >= DAY_MS) return 'known';
    return slot.start - seen.last > pauseOf(slot, quiet) ? 'known' : 'ongoing';
  }

  /** Sees it in a slot; what has paused once stays known, though it goes on. */
  note(key: string, slot: Slot, since: number | undefined, quiet: number): void {
    const known = this.standing(key, slot, since, quiet) === 'known';
    this.see(key, slot.start);
    const seen = this.#seen.get(key);
    if (!known || !seen) return;
    this.#seen.set(key, { ...seen, first: Math.min(seen.first, slot.start - DAY_MS) });
  }

  /** Whether it has gone on for a day without so many quiet slots. */
  lasts(key: string, slot: Slot, quiet: number): boolean {
    const seen = this.#seen.get(key);
    if (!seen || slot.start - seen.last > pauseOf(slot, quiet)) return false;
    return slot.start - seen.first >= DAY_MS;
  }

  /** Forgets what is old, and what is too much. Call it once a slot. */
  forget(now: number): void {
    for (const [key, { last }] of this.#seen) if (now - last > FORGET_MS) this.#seen.delete(key);
    const excess = this.#seen.size - this.#limit;
    if (excess <= 0) return;
    const oldest = [...this.#seen].sort((a, b) => a[1].last - b[1].last || byCodeUnit(a[0], b[0]));
    for (const [key] of oldest.slice(0, excess)) this.#seen.delete(key);
  }

  toJSON(): Json {
    return sortedEntries(this.#seen).map(([key, { first, last }]) => [key, first, last]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined, limit = MAX_KEYS): Sightings {
    const sightings = new Sightings(limit);
    for (const entry of list(json, limit)) {
      const [key, first, last] = list(entry, 3);
      sightings.#seen.set(text(key, MAX_KEY), { first: count(first), last: count(last) });
    }
    return sightings;
  }
}

/**
 * After so long, ms, an alert that is resolved after `quiet` slots is over. Where slots are short, many
 * that were judged are not learned yet.
 */
export function pauseOf({ start, end }: Slot, quiet: number): number {
  const interval = end + 1 - start;
  return quiet * interval + Math.max(2 * interval, interval + FINAL_MS + TARDY_MS);
}

/** Whether so little was learned, less than a day, that what is there may have been there for long. */
export function isEarly(slot: Slot, since: number | undefined): boolean {
  return since === undefined || slot.start - since < DAY_MS;
}
