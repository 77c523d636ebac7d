import { byCodeUnit } from '../support/json.ts';
import type { Call } from './call.ts';
import { filled, keepsFirst } from './dedupe-fill.ts';
import { callKey, serverKey, serverName } from './dedupe-key.ts';
import { matchSightings, REACH_MS, type Seen } from './dedupe-match.ts';
import { byTime } from './order.ts';

/** Decisions are made for this much time at once, ms, or for so many calls: they are held until then. */
const STEP_MS = 4_000;
const STEP_CALLS = 2_000;
/** What is decided of a call depends only on calls within this time: matched by address, then by name. */
export const DEDUPE_REACH_MS = 2 * REACH_MS;

interface Pending extends Seen {
  call: Call;
  key: string | undefined;
  done: boolean;
}

/**
 * Counts a call once that two nodes have seen (the client's and the server's), or that a source has
 * listed twice. Takes calls in time order, gives them out in order of (ts, id), some seconds later. What it decides of a call depends only on calls within DEDUPE_REACH_MS, so any part of
 * a capture that is read with that margin decides alike.
 */
export class Deduper {
  #pending: Pending[] = [];
  #next = Number.NEGATIVE_INFINITY;
  #undecided = 0;
  /** Whether those pending are in canonical order, each once. */
  #canonical = true;
  #duplicateTimes: number[] = [];

  /** Takes the next call; gives out those that are decided now. */
  push(call: Call): readonly Call[] {
    const item = { call, ts: call.ts, node: call.node ?? '', key: undefined, done: false };
    const last = this.#pending.at(-1);
    if (last && canonically(last, item) >= 0) this.#canonical = false;
    this.#pending.push(item);
    if (++this.#undecided < STEP_CALLS && call.ts < this.#next) return [];
    this.#next = call.ts + STEP_MS;
    this.#undecided = 0;
    return this.#decide(call.ts - DEDUPE_REACH_MS);
  }

  /** Ends the capture: gives out the rest. */
  flush(): readonly Call[] {
    return this.#decide(Number.POSITIVE_INFINITY);
  }

  /** The start (Unix ms) of each kept call whose double was dropped since the last time this was asked. */
  duplicateTimes(): readonly number[] {
    const times = this.#duplicateTimes;
    this.#duplicateTimes = [];
    return times;
  }

  /** Gives out what began before `end`; all calls before `end` + DEDUPE_REACH_MS have come. */
  #decide(end: number): Call[] {
    if (!this.#canonical) {
      this.#pending.sort(canonically);
      this.#dropRepeats();
      this.#canonical = true;
    }
    const groups = this.#match();
    const out: Call[] = [];
    for (const item of this.#pending) {
      if (item.done || item.ts >= end) continue;
      item.done = true;
      const group = groups.get(item);
      if (!group) out.push(item.call);
      else if (group[0] === item) {
        out.push(group.map(({ call }) => call).reduce(filled));
        for (let i = 1; i < group.length; i++) this.#duplicateTimes.push(item.ts);
      }
    }
    this.#pending = this.#pending.filter((item) => item.ts >= end - DEDUPE_REACH_MS);
    return out;
  }

  /** The same id from the same node twice is the same record on two pages. */
  #dropRepeats(): void {
    const kept: Pending[] = [];
    for (const item of this.#pending) {
      const last = kept.at(-1);
      if (!last || canonically(last, item) !== 0) kept.push(item);
      else {
        if (!last.done) last.call = filled(last.call, item.call);
        this.#duplicateTimes.push(item.ts);
      }
    }
    this.#pending = kept;
  }

  /** For each observation of a call that several nodes have seen: all of them, the one to keep first. */
  #match(): ReadonlyMap<Pending, readonly Pending[]> {
    const found = new Map<Pending, readonly Pending[]>();
    const [first, ...rest] = this.#pending;
    if (rest.every((item) => item.node === first?.node)) return found;
    for (const equal of Map.groupBy(this.#pending, keyOf).values()) {
      if (equal.length < 2) continue;
      matchBy((item) => serverKey(item.call), equal, found);
      const left = equal.filter((item) => !found.has(item));
      matchBy((item) => serverName(item.call), left, found);
    }
    return found;
  }
}

/** Finds, among equal calls on one connection, the observations of the same call. */
function matchBy(
  server: (item: Pending) => string | undefined,
  equal: readonly Pending[],
  found: Map<Pending, readonly Pending[]>,
): void {
  for (const [key, seen] of Map.groupBy(equal, server)) {
    if (key === undefined || seen.length < 2) continue;
    const root = matchSightings(seen);
    for (const group of Map.groupBy(seen, (_, i) => root[i]).values()) {
      if (group.length < 2) continue;
      group.sort((a, b) => (keepsFirst(a.call, b.call) ? -1 : 1));
      for (const item of group) found.set(item, group);
    }
  }
}

function keyOf(item: Pending): string {
  item.key ??= callKey(item.call);
  return item.key;
}

function canonically(a: Pending, b: Pending): number {
  return byTime(a.call, b.call) || byCodeUnit(a.node, b.node);
}
