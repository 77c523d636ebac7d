import { DEDUPE_REACH_MS } from '../calls/dedupe.ts';
import { CaptureError } from '../support/errors.ts';
import type { Progress } from '../support/progress.ts';
import { iso } from '../support/quantity.ts';
import type { Alert } from './alert.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from './alert-rule.ts';
import type { DetectorKind } from './detector.ts';
import type { Normal } from './learned/normal.ts';
import type { ReadingOptions } from './measure/slot-reader.ts';
import type { SlotView } from './measure/slot-view.ts';
import { blindSignal, gapSignal, incompleteSignal, noTrafficSignal } from './own-signals.ts';
import { type KeptScope, openScope } from './scope-state.ts';
import type { MonitorSettings } from './settings.ts';
import type { Signal } from './signal.ts';
import type { Sink } from './sink.ts';
import { type Slot, slotAt } from './slot.ts';
import type { JudgedSlot, SlotListener } from './slot-listener.ts';
import { type ReadSlot, readSlot } from './slot-reading.ts';
import type { TrafficSource } from './traffic-source.ts';

/** A slot is judged so long after its end, ms: the calls around its end must have come. */
export const GRACE_MS = DEDUPE_REACH_MS + 2_000;
/** A slot is learned so long after its end, ms: late calls have come. */
export const FINAL_MS = 180_000;
/** Packets are kept from at most so long before the slot in which an alert fires, ms. */
const KEEP_BEFORE_MS = 900_000;

export interface ScopeOptions {
  readonly name: string;
  readonly dir: string;
  /** ms */
  readonly interval: number;
  /** Begin of the first slot where nothing is kept, Unix ms; else the last whole interval. */
  readonly start?: number | undefined;
  readonly settings: MonitorSettings;
  readonly kinds: readonly DetectorKind[];
  readonly source: TrafficSource;
  readonly sinks: readonly Sink[];
  readonly listeners: readonly SlotListener[];
  readonly reading: Omit<ReadingOptions, 'onCall'>;
  readonly snapshotOn: AlertSeverity | 'never';
  readonly notifyFrom: AlertSeverity;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** One scope of a monitor: reads, judges and learns its slots in order of time. */
export class ScopeMonitor {
  readonly #options: ScopeOptions;
  readonly #kept: KeptScope;
  /** Slots that are judged and not learned yet, by begin. */
  readonly #pending = new Map<number, ReadSlot>();
  #gap: { readonly from: number; readonly to: number } | undefined;
  #incomplete: readonly string[] = [];
  #empty: { readonly slot: Slot; readonly expected: number } | undefined;
  #blindSince: number | undefined;
  /** Slots judged by this process. */
  judged = 0;
  /** Calls in them. */
  calls = 0;

  private constructor(options: ScopeOptions, kept: KeptScope) {
    this.#options = options;
    this.#kept = kept;
  }

  static async open(options: ScopeOptions): Promise<ScopeMonitor> {
    const { name, dir, kinds, progress } = options;
    const kept = await openScope(name, dir, kinds, (line) => progress.warn(line));
    return new ScopeMonitor(options, kept);
  }

  get name(): string {
    return this.#options.name;
  }

  get fresh(): boolean {
    return this.#kept.state.judgedTo === undefined;
  }

  firing(): readonly Alert[] {
    const { book, own } = this.#kept.state;
    return [...own.firing(), ...book.firing()];
  }

  /** Whether there may be something to judge or to learn. */
  isDue(now: number): boolean {
    return this.#blindSince !== undefined || this.nextAt(now) <= now;
  }

  /** Moment from which on the next slot can be judged, Unix ms. */
  nextAt(now: number): number {
    return this.#next(now).end + GRACE_MS;
  }

  /** Learns what is known already: a view made of a profile. */
  async begin(view: SlotView): Promise<void> {
    const { state } = this.#kept;
    const normal = await state.learned.normal(view.slot);
    const readings = state.detecting.read(view.slot);
    state.detecting.learn({ view, readings }, normal, this.#options.settings);
    await state.learned.learn(view);
    state.rollouts.learn(view);
  }

  /**
   * Judges every slot that is due, each made safe on disk before the next. Throws CaptureError where
   * the Hub can't be asked.
   */
  async advance(now: number, last = Number.POSITIVE_INFINITY): Promise<void> {
    const { source, signal } = this.#options;
    const held = await source.held();
    for (;;) {
      signal.throwIfAborted();
      await this.#finish(now, held?.oldest);
      const slot = this.#next(now, last);
      if (slot.end + (slot.end <= last && last <= now ? 0 : GRACE_MS) > now || slot.end > last)
        break;
      if (held && held.oldest > slot.end) this.#skip(slot, held.oldest);
      else await this.#judge(slot, now, held?.oldest);
    }
    await this.#own(now, undefined);
    await this.#deliver(now);
  }

  /** Takes note that the Hub could not be asked. */
  async blind(now: number, error: CaptureError): Promise<void> {
    this.#blindSince ??= now;
    const state = { since: this.#blindSince, reason: error.message };
    for (const listener of this.#options.listeners) listener.blind?.(this.name, state);
    await this.#own(now, error);
    await this.#deliver(now);
  }

  /** Sends what waits, and what has to be repeated. */
  async refresh(now: number): Promise<void> {
    await this.#deliver(now);
  }

  #next(now: number, last = Number.POSITIVE_INFINITY): Slot {
    const { interval, start } = this.#options;
    const { judgedTo } = this.#kept.state;
    const from =
      judgedTo ?? start ?? slotAt(Math.min(now - GRACE_MS, last + 1), interval).start - interval;
    // A first look at less than an interval is one short slot.
    const end = judgedTo === undefined && last < from + interval - 1 ? last : from + interval - 1;
    return { start: from, end };
  }

  async #judge(slot: Slot, now: number, oldest: number | undefined): Promise<void> {
    const { settings, progress, interval } = this.#options;
    const { state } = this.#kept;
    const read = await this.#read(slot, now, oldest);
    const normal = await state.learned.normal(slot);
    const signals = state.detecting.judge(read, normal, settings);
    const { view } = read;
    this.#noteHealth(
      view,
      normal.words,
      [...view.operations.keys()].reduce((sum, operation) => {
        return sum + ((normal.usual(operation)?.callsAnHour ?? 0) * interval) / 3_600_000;
      }, 0),
    );
    const context = {
      slot,
      complete: view.problems.length === 0,
      callees: (workload: string) => state.learned.callees(workload),
      rollout: (workload: string) => state.rollouts.last(workload, view),
      learned: normal.words,
      settings,
    };
    const changed = await this.#withSnapshots(state.book.update(signals, context), slot);
    this.#post(changed);
    state.judgedTo = slot.end + 1;
    state.learnedTo ??= slot.start;
    this.#pending.set(slot.start, read);
    this.judged++;
    this.calls += view.calls;
    await this.#kept.save();
    await this.#deliver(now);
    progress.step(`slots of ${this.name}`, this.judged);
    await this.#tell(view, changed, normal, now);
  }

  async #tell(view: SlotView, changed: readonly Alert[], normal: Normal, now: number) {
    const told: JudgedSlot = {
      scope: this.name,
      view,
      firing: this.firing(),
      changed,
      normal,
      learned: normal.words,
      days: normal.days,
      lag: now - view.slot.end,
    };
    for (const listener of this.#options.listeners) await listener.slot(told);
  }

  #read(slot: Slot, now: number, oldest: number | undefined): Promise<ReadSlot> {
    const { source, reading } = this.#options;
    const { detecting, naming } = this.#kept.state;
    const recent = now < slot.end + FINAL_MS;
    return readSlot(slot, { source, detecting, naming, options: reading, oldest }, recent);
  }

  /** Learns the slots that are final; those that got late calls are read again first. */
  async #finish(now: number, oldest: number | undefined): Promise<void> {
    const { interval, settings, source } = this.#options;
    const { state } = this.#kept;
    for (;;) {
      const { learnedTo, judgedTo } = state;
      if (learnedTo === undefined || judgedTo === undefined || learnedTo >= judgedTo) return;
      const slot = { start: learnedTo, end: Math.min(learnedTo + interval, judgedTo) - 1 };
      if (slot.end + FINAL_MS > now) return;
      let read = this.#pending.get(slot.start);
      const gone = oldest !== undefined && oldest > slot.end;
      if (
        !gone &&
        (!read || (read.counted !== undefined && read.counted !== (await source.count(slot))))
      ) {
        read = await this.#read(slot, now, oldest);
      }
      this.#pending.delete(slot.start);
      state.learnedTo = slot.end + 1;
      if (!read) continue;
      const normal = await state.learned.normal(slot);
      state.detecting.learn(read, normal, settings);
      await state.learned.learn(read.view);
      await state.learned.forget(slot.end);
      state.rollouts.learn(read.view);
    }
  }

  /** Passes over time of which the Hub holds nothing any more. */
  #skip(slot: Slot, oldest: number): void {
    const { interval } = this.#options;
    const { state } = this.#kept;
    const missed = Math.floor((oldest - slot.start) / interval) * interval;
    const to = slot.start + Math.max(missed, slot.end - slot.start + 1);
    this.#gap = { from: this.#gap?.from ?? slot.start, to };
    this.#options.progress.warn(
      `${this.name}: the Hub holds nothing of ${iso(slot.start)} to ${iso(to)} any more`,
    );
    state.judgedTo = to;
    // What was judged and not learned lies further back still.
    state.learnedTo = to;
    this.#pending.clear();
  }

  #noteHealth({ slot, calls, problems }: SlotView, _learned: string, expected: number): void {
    this.#incomplete = problems.map(({ message }) => message);
    this.#empty = calls === 0 ? { slot, expected } : undefined;
  }

  /** What the monitor has to say of itself, once a slot of the wall clock. */
  async #own(now: number, error: CaptureError | undefined): Promise<void> {
    const { interval, settings } = this.#options;
    const { state } = this.#kept;
    const slot = slotAt(now, interval);
    const signals: Signal[] = [];
    if (error) signals.push(blindSignal(error, this.#blindSince ?? now));
    else {
      if (this.#blindSince !== undefined) {
        this.#blindSince = undefined;
        for (const listener of this.#options.listeners) listener.blind?.(this.name, undefined);
      }
      if (this.#gap) signals.push(gapSignal(this.#gap));
      if (this.#incomplete.length > 0) signals.push(incompleteSignal(this.#incomplete, slot.start));
      const empty = this.#empty;
      if (empty) signals.push(...noTrafficSignal(empty.slot, empty.expected, settings.minEvents));
      this.#gap = undefined;
    }
    const none = new Set<string>();
    const changed = state.own.update(signals, {
      slot,
      complete: true,
      callees: () => none,
      rollout: () => undefined,
      learned: '',
      settings,
    });
    this.#post(changed);
    await this.#kept.save();
  }

  async #withSnapshots(changed: readonly Alert[], slot: Slot): Promise<readonly Alert[]> {
    const { snapshotOn, source, progress } = this.#options;
    const wanted = changed.filter(
      (alert) =>
        alert.state === 'firing' &&
        alert.snapshot === undefined &&
        isFrom(alert.severity, snapshotOn),
    );
    if (wanted.length === 0) return changed;
    const first = Math.min(...wanted.map(({ since }) => Date.parse(since)));
    const window = { start: Math.max(first, slot.start - KEEP_BEFORE_MS), end: slot.end };
    let snapshot: string;
    try {
      snapshot = await source.keep(window);
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      progress.warn(
        `no packets are kept of ${iso(window.start)} to ${iso(window.end)}: ${error.message}`,
      );
      return changed;
    }
    for (const { id } of wanted) this.#kept.state.book.attach(id, snapshot);
    return changed.map((alert) => (wanted.includes(alert) ? { ...alert, snapshot } : alert));
  }

  #post(changed: readonly Alert[]): void {
    const { sinks, notifyFrom } = this.#options;
    const sent = changed.filter(
      ({ severity, silenced }) => silenced === undefined && isFrom(severity, notifyFrom),
    );
    this.#kept.state.outbox.add(
      sent,
      sinks.map(({ name }) => name),
    );
  }

  async #deliver(now: number): Promise<void> {
    const { sinks, signal, progress } = this.#options;
    const { outbox } = this.#kept.state;
    if (await outbox.deliver(sinks, now, signal, progress)) await this.#kept.save();
    const firing = this.firing().filter(({ silenced }) => silenced === undefined);
    for (const sink of sinks) {
      // What is not repeated now is repeated with the next slot.
      await sink.refresh?.(firing, now, signal).catch(() => {});
    }
  }
}

function isFrom(severity: AlertSeverity, from: AlertSeverity | 'never'): boolean {
  if (from === 'never') return false;
  return ALERT_SEVERITIES.indexOf(severity) <= ALERT_SEVERITIES.indexOf(from);
}
