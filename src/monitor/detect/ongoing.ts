import { type Json, sortedEntries } from '../../support/json.ts';
import type { Slot } from '../slot.ts';
import type { Subject } from '../subject.ts';

const MAX_EVENTS = 1_000;
/** Quiet slots, and time, after which an event has ended: slots are learned some minutes late. */
const QUIET = 3;
const QUIET_MS = 900_000;

/** What was said of a workload, as long as it goes on. */
export interface Event {
  readonly rule: string;
  readonly subject: Subject;
  /** First moment that showed it, Unix ms. */
  readonly since: number;
  /** The last slot that showed it, Unix ms. */
  readonly last: number;
}

/**
 * The events that go on, by workload or what else they are about. One event keeps its rule and its
 * subject while it lasts, though another operation may be the worst by then: else each would be an
 * alert of its own.
 */
export class Ongoing {
  readonly #events = new Map<string, Event>();

  /** What goes on about `name` when a slot is judged. */
  get(name: string, slot: Slot): Event | undefined {
    const event = this.#events.get(name);
    return event && event.last >= oldest(slot) && event.last <= slot.start ? event : undefined;
  }

  /** Takes note of what a slot showed about `name`. */
  note(name: string, slot: Slot, said: Omit<Event, 'last'>): void {
    const { rule, subject, since } = this.get(name, slot) ?? said;
    this.#events.set(name, { rule, subject, since, last: slot.start });
    if (this.#events.size <= MAX_EVENTS) return;
    const [first] = [...this.#events].sort((a, b) => a[1].last - b[1].last);
    if (first) this.#events.delete(first[0]);
  }

  forget(slot: Slot): void {
    for (const [name, event] of this.#events) {
      if (event.last < oldest(slot)) this.#events.delete(name);
    }
  }

  toJSON(): Json {
    return sortedEntries(this.#events).map(([name, { rule, subject, since, last }]) => [
      name,
      rule,
      { ...subject } as Json,
      since,
      last,
    ]);
  }

  /** Takes what `toJSON` wrote; what can't be read is left out. */
  restore(json: Json | undefined): this {
    if (!Array.isArray(json)) return this;
    for (const entry of json.slice(0, MAX_EVENTS)) {
      if (!Array.isArray(entry)) continue;
      const [name, rule, raw, since, last] = entry;
      const subject = subjectFrom(raw);
      if (typeof name !== 'string' || typeof rule !== 'string' || subject === undefined) continue;
      if (!Number.isFinite(since) || !Number.isFinite(last)) continue;
      this.#events.set(name, { rule, subject, since, last });
    }
    return this;
  }
}

function oldest({ start, end }: Slot): number {
  return start - Math.max(QUIET * (end - start + 1), QUIET_MS);
}

function subjectFrom(json: Json | undefined): Subject | undefined {
  const raw = (json ?? {}) as { readonly [key: string]: Json };
  const { workload, operation, caller, detail } = raw;
  if (typeof workload !== 'string') return undefined;
  return {
    workload,
    ...(typeof operation === 'string' && { operation }),
    ...(typeof caller === 'string' && { caller }),
    ...(typeof detail === 'string' && { detail }),
  };
}
