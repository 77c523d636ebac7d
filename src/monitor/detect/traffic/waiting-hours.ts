import { type Json, sortedEntries } from '../../../support/json.ts';
import { KEPT_MS } from '../../learned/hour-files.ts';
import { DAY_MS, HOUR_MS, type Slot, WEEK_MS } from '../../slot.ts';
import { type HourShape, shapeFrom } from './hour-shapes.ts';

const MAX_NAMES = 3_000;
/** Hours of a name's events that are remembered: what lasted longer is usual. */
const MAX_HOURS = 72;
/** So long an hour counts for nothing, that what goes on does not excuse itself. */
const WAIT_MS = 12 * HOUR_MS;

type Shapes = Map<string, HourShape>;

/**
 * The shapes of the last hours, before they count. An hour in which an event was seen, and the one
 * before it, never count for what it is about, unless the day before had one at the same hour: what
 * comes again is usual.
 */
export class WaitingHours {
  readonly #hours = new Map<number, Shapes>();
  /** Hours that were a part of an event, by name, ascending. */
  readonly #events = new Map<string, number[]>();

  add(start: number, name: string, shape: HourShape): void {
    const shapes = this.#hours.get(start) ?? new Map<string, HourShape>();
    this.#hours.set(start, shapes);
    if (shapes.size < MAX_NAMES) shapes.set(name, shape);
  }

  /** Takes note that a slot of a name was no usual one. What led up to it is a part of it. */
  noteEvent(name: string, { start }: Slot): void {
    const hour = hourOf(start);
    const hours = new Set([...(this.#events.get(name) ?? []), hour - HOUR_MS, hour]);
    this.#events.delete(name);
    this.#events.set(name, [...hours].sort((a, b) => a - b).slice(-MAX_HOURS));
    if (this.#events.size > MAX_NAMES)
      this.#events.delete(this.#events.keys().next().value as string);
  }

  /**
   * Whether an hour was a part of an event, so that its calls are not usual; not where the same hour of a
   * day or a week before or after was one as well (of what is over when a slot begins).
   */
  wasEvent(name: string, start: number, slot: Slot): boolean {
    const events = this.#events.get(name);
    if (!events?.includes(start) || !events.includes(start - HOUR_MS)) return false;
    const again = [-WEEK_MS, -DAY_MS, DAY_MS, WEEK_MS].map((later) => start + later);
    return !again.some((hour) => hour < hourOf(slot.start) && events.includes(hour));
  }

  /** Whether an hour between two moments (Unix ms) was a part of an event. */
  hadEvent(name: string, from: number, to: number): boolean {
    return this.#events.get(name)?.some((hour) => hour >= from && hour <= to) ?? false;
  }

  /** The hours that have waited long enough when a slot begins, oldest first; they are forgotten here. */
  take({ start: now }: Slot): { start: number; shapes: Shapes }[] {
    const due = [...this.#hours.keys()].filter((start) => start + WAIT_MS < now);
    const taken = due
      .sort((a, b) => a - b)
      .map((start) => {
        const shapes = new Map(
          [...(this.#hours.get(start) as Shapes)].filter(([name]) => this.#counts(name, start)),
        );
        this.#hours.delete(start);
        return { start, shapes };
      });
    for (const [name, hours] of this.#events) {
      const kept = hours.filter((hour) => hour + KEPT_MS >= now);
      if (kept.length === 0) this.#events.delete(name);
      else this.#events.set(name, kept);
    }
    return taken;
  }

  toJSON(): Json {
    return {
      hours: [...this.#hours].map(([start, shapes]) => [
        start,
        sortedEntries(shapes).map(([name, { variation, high, low }]) => [
          name,
          variation,
          high,
          low,
        ]),
      ]),
      events: [...this.#events].map(([name, hours]) => [name, ...hours]),
    };
  }

  /** Takes what `toJSON` wrote; what can't be read is left out. */
  restore(json: Json | undefined): this {
    const { hours, events } = (json ?? {}) as { readonly [key: string]: Json };
    for (const [start, shapes] of listsIn(hours)) {
      if (!Number.isFinite(start)) continue;
      for (const [name, ...numbers] of listsIn(shapes).slice(0, MAX_NAMES)) {
        const shape = shapeFrom(numbers);
        if (typeof name === 'string' && shape) this.add(start as number, name, shape);
      }
    }
    for (const [name, ...starts] of listsIn(events).slice(0, MAX_NAMES)) {
      if (typeof name === 'string' && starts.every(Number.isFinite))
        this.#events.set(name, starts as number[]);
    }
    return this;
  }

  #counts(name: string, start: number): boolean {
    const events = this.#events.get(name) ?? [];
    return !events.includes(start) || events.includes(start - DAY_MS);
  }
}

const hourOf = (ts: number) => Math.floor(ts / HOUR_MS) * HOUR_MS;

function listsIn(json: Json | undefined): readonly Json[][] {
  return Array.isArray(json) ? json.filter((entry): entry is Json[] => Array.isArray(entry)) : [];
}
