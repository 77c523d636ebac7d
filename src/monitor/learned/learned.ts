import { CaptureError } from '../../support/errors.ts';
import type { Json } from '../../support/json.ts';
import { isFailing, type SlotView } from '../measure/slot-view.ts';
import { DAY_MS, HOUR_MS, type Slot, WEEK_MS } from '../slot.ts';
import { Hour, hourOf } from './hour.ts';
import type { HourFiles } from './hour-files.ts';
import { KnownNames } from './known-names.ts';
import { Level } from './level.ts';
import { type Like, likeHours } from './likeness.ts';
import type { Known, LearnedHour, Normal, Usual } from './normal.ts';
import { callsUsual, type LikeHour, learned, usualOf } from './usual.ts';

const RECENT_HOURS = 24;

/** Everything that is normal, as far as it was learned: hours on disk, the ones that still run, names. */
export class Learned {
  readonly #files: HourFiles;
  /** Hours that aren't over, by start. */
  readonly #open = new Map<number, Hour>();
  #edges = new KnownNames();
  #callees = new KnownNames();
  #operations = new KnownNames();
  readonly #level = new Level();
  #since: number | undefined;
  #basis: Basis | undefined;
  /** Of the slot at hand: what was learned since it would show in a process that began later. */
  #talk: ReadonlyMap<string, ReadonlySet<string>> | undefined;

  constructor(files: HourFiles) {
    this.#files = files;
  }

  /** Takes a slot that is final. Slots come in order of time, each once. */
  async learn(view: SlotView): Promise<void> {
    const { slot } = view;
    this.#since ??= slot.start;
    const start = hourOf(slot.start);
    for (const hour of [...this.#open.keys()].filter((open) => open < start)) {
      await this.#close(hour);
    }
    if (view.problems.length === 0) {
      await this.#learnLevel(view);
      (await this.#hour(start)).add(view);
    }
    for (const [operation, measure] of view.operations) {
      const { workload } = measure.name;
      this.#operations.add(operation, slot.start, slot.end);
      this.#callees.add(workload, slot.start, slot.end);
      for (const [caller] of measure.callers.entries()) {
        this.#edges.add(edgeKey(caller, workload), slot.start, slot.end);
      }
    }
  }

  /** Removes what is too old. */
  async forget(now: number): Promise<void> {
    for (const names of [this.#edges, this.#callees, this.#operations]) names.forget(now);
    await this.#files.forget(now);
  }

  /** What is normal for a slot. */
  async normal(slot: Slot): Promise<Normal> {
    const hour = hourOf(slot.start);
    this.#talk = undefined;
    if (this.#basis?.hour !== hour) this.#basis = await this.#read(hour);
    const basis = this.#basis;
    const middle = ((slot.start + slot.end) / 2 - hour) / HOUR_MS;
    const days = basis.hoursOfWeek / 24;
    return {
      days,
      words: `${days.toFixed(days % 1 === 0 ? 0 : 1)} of 7 days`,
      familiar: basis.familiar,
      quietness: this.#level.quietness,
      since: this.#since,
      usual: (operation) => this.#usual(operation, basis, middle),
      recent: (operation) => basis.recent.map(({ hour: one }) => learned(one, 1, operation)),
      edge: (caller, workload) => this.#edges.get(edgeKey(caller, workload)),
      callee: (workload) => this.#callees.get(workload),
      operation: (operation): Known | undefined => this.#operations.get(operation),
    };
  }

  /** Workloads that a workload called since the day before the slots' hour, as far as it is learned. */
  callees(workload: string): ReadonlySet<string> {
    this.#talk ??= this.#calleesSince((this.#basis?.hour ?? 0) - DAY_MS);
    return this.#talk.get(workload) ?? new Set();
  }

  /** Every operation that is known. */
  *operations(): Iterable<string> {
    for (const [operation] of this.#operations.entries()) yield operation;
  }

  toJSON(): Json {
    return {
      since: this.#since ?? null,
      level: this.#level.toJSON(),
      open: [...this.#open].sort(([a], [b]) => a - b).map(([, hour]) => hour.toJSON()),
      edges: this.#edges.toJSON(),
      callees: this.#callees.toJSON(),
      operations: this.#operations.toJSON(),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined, files: HourFiles): Learned {
    const raw = (json ?? {}) as { readonly [key: string]: Json };
    const learnt = new Learned(files);
    if (typeof raw.since === 'number') learnt.#since = raw.since;
    learnt.#level.restore(raw.level);
    if (!Array.isArray(raw.open)) throw new RangeError('not what was learned');
    for (const one of raw.open) {
      const hour = Hour.fromJSON(one);
      learnt.#open.set(hour.start, hour);
    }
    learnt.#edges = KnownNames.fromJSON(raw.edges);
    learnt.#callees = KnownNames.fromJSON(raw.callees);
    learnt.#operations = KnownNames.fromJSON(raw.operations);
    return learnt;
  }

  /** What fails, or was never learned, says nothing of how quiet a day is. */
  async #learnLevel(view: SlotView): Promise<void> {
    const { slot, calls } = view;
    if (isFailing(view)) return;
    const usual = callsUsual(await this.normal(slot), this.operations(), slot);
    if (usual > 0) this.#level.add(slot, calls, usual);
  }

  /** The hour to add to; one that was over is opened again. */
  async #hour(start: number): Promise<Hour> {
    let hour = this.#open.get(start);
    if (!hour) {
      hour = new Hour(start);
      this.#open.set(start, hour);
    }
    return hour;
  }

  async #close(start: number): Promise<void> {
    const hour = this.#open.get(start);
    if (!hour) return;
    try {
      await this.#files.write(hour);
      this.#open.delete(start);
    } catch (error) {
      // It stays open, as a part of the state, until there is room.
      if (!(error instanceof CaptureError)) throw error;
    }
  }

  /** Whether an hour before the one at hand was learned, at least half of it. */
  async #read(hour: number): Promise<Basis> {
    const starts = new Set(this.#files.starts(hour));
    for (const start of this.#open.keys()) if (start < hour) starts.add(start);
    const like: Like = likeHours(hour, (start) => starts.has(start));
    const hours: LikeBasis[] = [];
    for (const { start, weight } of like.hours) {
      const one = await this.#find(start);
      if (one === undefined || one.share < 0.5) continue;
      const before = starts.has(start - HOUR_MS) ? await this.#find(start - HOUR_MS) : undefined;
      const after = starts.has(start + HOUR_MS) ? await this.#find(start + HOUR_MS) : undefined;
      hours.push({ hour: one, weight, before, after });
    }
    const recent: LikeHour[] = [];
    for (let i = 1; i <= RECENT_HOURS; i++) {
      const start = hour - i * HOUR_MS;
      const one = starts.has(start) ? await this.#find(start) : undefined;
      if (one) recent.push({ hour: one, weight: 1, neighbour: undefined });
    }
    const hoursOfWeek = new Set(
      [...starts].map((start) => Math.floor(start / HOUR_MS) % HOURS_A_WEEK),
    );
    return {
      hour,
      likeness: like.likeness,
      familiar: like.familiar,
      hours,
      recent,
      hoursOfWeek: hoursOfWeek.size,
      usual: new Map(),
    };
  }

  async #find(start: number): Promise<Hour | undefined> {
    return this.#open.get(start) ?? (await this.#files.read(start));
  }

  #calleesSince(since: number): ReadonlyMap<string, ReadonlySet<string>> {
    const found = new Map<string, Set<string>>();
    for (const [key, { last }] of this.#edges.entries()) {
      if (last < since) continue;
      const [caller, workload] = JSON.parse(key) as [string, string];
      const callees = found.get(caller) ?? new Set();
      found.set(caller, callees.add(workload));
    }
    return found;
  }

  #usual(operation: string, basis: Basis, middle: number): Usual | undefined {
    const after = middle >= 0.5;
    const key = `${after} ${operation}`;
    let found = basis.usual.get(key);
    if (!found) {
      const recent = basis.recent.map(
        ({ hour, weight }): LearnedHour => learned(hour, weight, operation),
      );
      const like = basis.hours.map((one) => ({
        ...one,
        neighbour: after ? one.after : one.before,
      }));
      found = {
        here: usualOf(operation, basis.likeness, like, recent, 0),
        there: usualOf(operation, basis.likeness, like, recent, 0.5)?.callsAnHour ?? 0,
      };
      basis.usual.set(key, found);
    }
    const { here, there } = found;
    if (!here) return undefined;
    const towards = Math.abs(middle - 0.5) * 2;
    const drawn = (1 - towards) * here.callsAnHour + towards * there;
    // Where traffic ends or begins at the turn of an hour, the line tells of calls that never came.
    return { ...here, callsAnHour: Math.min(here.callsAnHour, drawn) };
  }
}

const HOURS_A_WEEK = WEEK_MS / HOUR_MS;

interface LikeBasis {
  readonly hour: Hour;
  readonly weight: number;
  readonly before: Hour | undefined;
  readonly after: Hour | undefined;
}

/** What all slots of an hour are compared with. */
interface Basis {
  readonly hour: number;
  readonly likeness: Like['likeness'];
  readonly familiar: boolean;
  readonly hours: readonly LikeBasis[];
  readonly recent: readonly LikeHour[];
  readonly hoursOfWeek: number;
  readonly usual: Map<string, { readonly here: Usual | undefined; readonly there: number }>;
}

function edgeKey(caller: string, workload: string): string {
  return JSON.stringify([caller, workload]);
}
