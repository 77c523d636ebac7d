import type { Json } from '../../../support/json.ts';
import { DAY_MS, HOUR_MS, type Slot } from '../../slot.ts';
import { isOutside, type Meeting, type Meetings } from './meetings.ts';

const MAX_NAMES = 5_000;
const MAX_DOMAINS = 64;
const MAX_DAYS = 8;
/** Days with new hosts after which a caller is one that meets new hosts. */
const ACCUSTOMED_DAYS = 3;
const REMEMBER_MS = 14 * DAY_MS;

/** A new edge in its first hour. */
interface Fresh {
  readonly first: number;
  readonly calls: number;
  readonly slots: number;
}

interface Travels {
  readonly domains: readonly string[];
  /** Days (since the epoch) on which it met a domain for the first time. */
  readonly days: readonly number[];
}

/** Who was seen calling, since when, and which domains outside a workload calls. Bounded. */
export class Acquaintance {
  readonly #callers = new Map<string, number>();
  readonly #fresh = new Map<string, Fresh>();
  readonly #travels = new Map<string, Travels>();

  /** When a workload was seen calling first, Unix ms. */
  callerSince(name: string): number | undefined {
    return this.#callers.get(name);
  }

  /** Calls of a new edge so far, with those of a slot. */
  soFar(name: string, meeting: Meeting): Fresh {
    const before = this.#fresh.get(name);
    return {
      first: before?.first ?? meeting.first,
      calls: (before?.calls ?? 0) + meeting.calls,
      slots: (before?.slots ?? 0) + 1,
    };
  }

  /** Whether a caller calls hosts of this domain, or new ones all the time; `new` since when it matters. */
  travels(caller: string, host: string, slot: Slot): boolean {
    const { domains, days } = this.#travels.get(caller) ?? { domains: [], days: [] };
    const today = Math.floor(slot.start / DAY_MS);
    const recent = days.filter((day) => day < today && day >= today - REMEMBER_MS / DAY_MS);
    return domains.includes(domainOf(host)) || recent.length >= ACCUSTOMED_DAYS;
  }

  /** `settled`: once a day was learned, what is new is remembered as such. */
  learn(meetings: Meetings, slot: Slot, settled: boolean, isNew: (name: string) => boolean): void {
    for (const [name, fresh] of this.#fresh) {
      if (fresh.first < slot.start - HOUR_MS) this.#fresh.delete(name);
    }
    for (const [name, meeting] of meetings) {
      const { caller, callee } = meeting;
      if (!this.#callers.has(caller.name)) bounded(this.#callers).set(caller.name, slot.start);
      if (settled && isNew(name)) bounded(this.#fresh).set(name, this.soFar(name, meeting));
      if (!isOutside(callee)) continue;
      // A host that is still told as new is not of a known domain before its first hour is over.
      if (settled && isNew(name)) this.#noteDay(caller.name, slot);
      else this.#noteDomain(caller.name, callee.name);
    }
  }

  toJSON(): Json {
    return {
      callers: [...this.#callers],
      fresh: [...this.#fresh].map(([name, { first, calls, slots }]) => [name, first, calls, slots]),
      travels: [...this.#travels].map(([name, { domains, days }]) => [name, domains, days]),
    };
  }

  /** Takes what `toJSON` wrote; what can't be read is left out. */
  restore(json: Json | undefined): this {
    const { callers, fresh, travels } = (json ?? {}) as { readonly [key: string]: Json };
    for (const [name, since] of rows(callers)) {
      if (typeof name === 'string' && isNumber(since)) this.#callers.set(name, since);
    }
    for (const [name, first, calls, slots] of rows(fresh)) {
      if (typeof name !== 'string' || !isNumber(first) || !isNumber(calls) || !isNumber(slots))
        continue;
      this.#fresh.set(name, { first, calls, slots });
    }
    for (const [name, domains, days] of rows(travels)) {
      if (typeof name !== 'string' || !Array.isArray(domains) || !Array.isArray(days)) continue;
      this.#travels.set(name, {
        domains: domains.filter((domain) => typeof domain === 'string').slice(-MAX_DOMAINS),
        days: days.filter(isNumber).slice(-MAX_DAYS),
      });
    }
    return this;
  }

  #noteDay(caller: string, slot: Slot): void {
    const { domains, days } = this.#travels.get(caller) ?? { domains: [], days: [] };
    const today = Math.floor(slot.start / DAY_MS);
    if (days.at(-1) === today) return;
    bounded(this.#travels).set(caller, { domains, days: [...days, today].slice(-MAX_DAYS) });
  }

  #noteDomain(caller: string, host: string): void {
    const { domains, days } = this.#travels.get(caller) ?? { domains: [], days: [] };
    const domain = domainOf(host);
    if (domains.includes(domain)) return;
    bounded(this.#travels).set(caller, { domains: [...domains, domain].slice(-MAX_DOMAINS), days });
  }
}

/** The last two labels: `s3.amazonaws.com` and its buckets are one. */
function domainOf(host: string): string {
  return host.split('.').slice(-2).join('.');
}

/** Makes room for one more: the oldest goes. */
function bounded<V>(map: Map<string, V>): Map<string, V> {
  if (map.size >= MAX_NAMES) map.delete(map.keys().next().value as string);
  return map;
}

function rows(json: Json | undefined): readonly (readonly Json[])[] {
  return Array.isArray(json) ? json.filter((row) => Array.isArray(row)).slice(0, MAX_NAMES) : [];
}

function isNumber(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
