import { count, list, text } from '../../../profile/schema/json-read.ts';
import { byCodeUnit, type Json, sortedEntries } from '../../../support/json.ts';
import { DAY_MS, HOUR_MS } from '../../slot.ts';

const MAX_KEYS = 5_000;
const MAX_KEY = 1_000;
const FORGET_MS = 14 * DAY_MS;
/** So long a new height counts for nothing, that what is going on does not excuse itself. */
const HOLD_MS = 12 * HOUR_MS;

interface Peak {
  /** What counts, and when it was last reached. */
  readonly most: number;
  readonly at: number;
  /** A new height, and since when; 0 where there is none. */
  readonly higher: number;
  readonly since: number;
}

/**
 * The most of something in a slot of the last two weeks, by key. A new height counts after 12 hours.
 * Bounded: the smallest go first.
 */
export class Peaks {
  readonly #peaks = new Map<string, Peak>();

  most(key: string, now: number): number {
    return this.#settled(key, now).most;
  }

  /** With `atOnce`, a new height counts from now on. */
  add(key: string, value: number, now: number, atOnce = false): void {
    if (value <= 0 || key.length > MAX_KEY) return;
    const peak = this.#settled(key, now);
    if (atOnce || value <= peak.most) {
      const reached = value >= peak.most;
      this.#peaks.set(key, { ...peak, ...(reached && { most: value, at: now }) });
    } else {
      const since = peak.higher > 0 ? peak.since : now;
      this.#peaks.set(key, { ...peak, higher: Math.max(value, peak.higher), since });
    }
  }

  /** Forgets what is old, and what is too much. Call it once a slot. */
  forget(now: number): void {
    for (const [key, { at, since }] of this.#peaks) {
      if (now - Math.max(at, since) > FORGET_MS) this.#peaks.delete(key);
    }
    const excess = this.#peaks.size - MAX_KEYS;
    if (excess <= 0) return;
    const height = ({ most, higher }: Peak) => Math.max(most, higher);
    const least = [...this.#peaks].sort(
      (a, b) => height(a[1]) - height(b[1]) || byCodeUnit(a[0], b[0]),
    );
    for (const [key] of least.slice(0, excess)) this.#peaks.delete(key);
  }

  toJSON(): Json {
    return sortedEntries(this.#peaks).map(([key, { most, at, higher, since }]) => [
      key,
      most,
      at,
      higher,
      since,
    ]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Peaks {
    const peaks = new Peaks();
    for (const entry of list(json, MAX_KEYS)) {
      const [key, most, at, higher, since] = list(entry, 5);
      const peak = { most: count(most), at: count(at), higher: count(higher), since: count(since) };
      peaks.#peaks.set(text(key, MAX_KEY), peak);
    }
    return peaks;
  }

  #settled(key: string, now: number): Peak {
    const peak = this.#peaks.get(key) ?? { most: 0, at: 0, higher: 0, since: 0 };
    const old = peak.at > 0 && now - peak.at > FORGET_MS;
    const kept = old ? { ...peak, most: 0, at: 0 } : peak;
    if (kept.higher === 0 || now - kept.since < HOLD_MS) return kept;
    return { most: Math.max(kept.most, kept.higher), at: kept.since, higher: 0, since: 0 };
  }
}
