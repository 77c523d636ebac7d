import { DEDUPE_REACH_MS } from '../calls/dedupe.ts';
import type { CaptureError } from '../support/errors.ts';
import { iso } from '../support/quantity.ts';
import type { Alert } from './alert.ts';
import { calleesOf, servedIn } from './callees.ts';
import { clockWentBack, isAhead } from './clock-back.ts';
import { Delivery } from './delivery.ts';
import { dueSlot } from './due-slot.ts';
import { keepPackets } from './keep-packets.ts';
import { learnSlot } from './learn-slot.ts';
import type { Normal } from './learned/normal.ts';
import type { SlotView } from './measure/slot-view.ts';
import { OwnHealth } from './own-health.ts';
import { PendingSlots } from './pending-slots.ts';
import type { ScopeOptions } from './scope-options.ts';
import { type KeptScope, openScope } from './scope-state.ts';
import { FINAL_MS, type Slot, slotAt } from './slot.ts';
import type { JudgedSlot } from './slot-listener.ts';
import { type Held, type ReadSlot, readSlot } from './slot-reading.ts';

/** A slot is judged so long after its end, ms: the calls around its end must have come. */
export const GRACE_MS = DEDUPE_REACH_MS + 2_000;

/** One scope of a monitor: reads, judges and learns its slots in order of time. */
export class ScopeMonitor {
  readonly #options: ScopeOptions;
  readonly #kept: KeptScope;
  readonly #pending = new PendingSlots();
  readonly #health = new OwnHealth();
  readonly #delivery: Delivery;
  /** Slots judged by this process. */
  judged = 0;
  /** Calls in them. */
  calls = 0;

  private constructor(options: ScopeOptions, kept: KeptScope) {
    this.#options = options;
    this.#kept = kept;
    this.#delivery = new Delivery(options, kept);
  }

  static async open(options: ScopeOptions): Promise<ScopeMonitor> {
    const { name, dir, kinds, progress } = options;
    const kept = await openScope(name, dir, kinds, (line) => progress.warn(line));
    const { judgedTo } = kept.state;
    if (judgedTo !== undefined && options.start !== undefined && options.start !== judgedTo) {
      progress.note(`${name}: it goes on from ${iso(judgedTo)}, where it left off`);
    }
    return new ScopeMonitor(options, kept);
  }

  get name(): string {
    return this.#options.name;
  }

  get fresh(): boolean {
    return this.#kept.state.judgedTo === undefined;
  }

  /** Why what it knows could not be kept on disk the last time; undefined where it could. */
  get unkept(): CaptureError | undefined {
    return this.#kept.unkept();
  }

  firing(): readonly Alert[] {
    const { book, own } = this.#kept.state;
    return [...own.firing(), ...book.firing()];
  }

  /** Whether there may be something to judge or to learn. */
  isDue(now: number): boolean {
    const { judgedTo } = this.#kept.state;
    const isBlind = this.#health.blindSince !== undefined;
    return isBlind || this.nextAt(now) <= now || isAhead(judgedTo, now);
  }

  /** Moment from which on the next slot can be judged, Unix ms. */
  nextAt(now: number): number {
    return this.#next(now).end + GRACE_MS;
  }

  /** Learns what is known already: a view made of a profile. */
  async begin(view: SlotView): Promise<void> {
    const { state } = this.#kept;
    const readings = state.detecting.read(view.slot);
    await learnSlot(state, { view, readings }, this.#options.settings);
  }

  /**
   * Judges every slot that is due, each made safe on disk before the next. Throws CaptureError where
   * the Hub can't be asked.
   */
  async advance(now: number, last = Number.POSITIVE_INFINITY): Promise<void> {
    const { source, signal } = this.#options;
    const { judgedTo, own } = this.#kept.state;
    if (judgedTo !== undefined && last === Number.POSITIVE_INFINITY && isAhead(judgedTo, now)) {
      own.turnBack(now);
      throw clockWentBack(judgedTo, now);
    }
    const held = await source.held();
    for (;;) {
      signal.throwIfAborted();
      await this.#finish(now, held);
      const slot = this.#next(now, last);
      if (slot.end + (slot.end <= last && last <= now ? 0 : GRACE_MS) > now || slot.end > last)
        break;
      if (held && held.oldest > slot.end) this.#skip(slot, held.oldest);
      else await this.#judge(slot, now, held);
    }
    await this.#own(now, undefined);
    await this.#deliver(now);
  }

  /** Takes note that the Hub could not be asked. */
  async blind(now: number, error: CaptureError): Promise<void> {
    const state = { since: this.#health.noteBlind(now), reason: error.message };
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
    return dueSlot({ judgedTo, start, interval }, now - GRACE_MS, last);
  }

  async #judge(slot: Slot, now: number, held: Held): Promise<void> {
    const { settings, progress } = this.#options;
    const { state } = this.#kept;
    const read = await this.#read(slot, now, held);
    const normal = await state.learned.normal(slot);
    const { view } = read;
    const rollouts = state.rollouts.of(view);
    const signals = state.detecting.judge(read, { normal, settings, rollouts });
    this.#health.noteSlot(view, normal, state.learned.operations());
    this.#health.noteBroken(state.detecting.takeFailures());
    const context = {
      slot,
      complete: view.problems.length === 0,
      callees: calleesOf(view, (workload) => state.learned.callees(workload)),
      rollout: (workload: string) => rollouts(workload).at(-1),
      enough: servedIn(view),
      learned: normal.words,
      settings,
    };
    const changed = await keepPackets(
      state.book.update(this.#pending.withLate(signals), context),
      slot,
      this.#options.snapshotOn,
      state.book,
      this.#options.source,
      progress,
    );
    this.#delivery.post(changed);
    state.judgedTo = slot.end + 1;
    state.learnedTo ??= slot.start;
    this.#pending.add(read, signals);
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
      lag: now - view.slot.end,
    };
    for (const listener of this.#options.listeners) await listener.slot(told);
  }

  #read(slot: Slot, now: number, held: Held): Promise<ReadSlot> {
    const { source, reading } = this.#options;
    const { detecting, naming } = this.#kept.state;
    const recent = now < slot.end + FINAL_MS;
    return readSlot(slot, { source, detecting, naming, options: reading, held }, recent);
  }

  /** Learns the slots that are final; those that got late calls are read again first. */
  async #finish(now: number, held: Held): Promise<void> {
    const { interval, settings, source } = this.#options;
    const { state } = this.#kept;
    for (;;) {
      const { learnedTo, judgedTo } = state;
      if (learnedTo === undefined || judgedTo === undefined || learnedTo >= judgedTo) return;
      const judged = this.#pending.get(learnedTo);
      const end = Math.min(learnedTo + interval, judgedTo) - 1;
      const slot = judged?.view.slot ?? { start: learnedTo, end };
      if (slot.end + FINAL_MS > now) return;
      const gone = held !== undefined && held.oldest > slot.end;
      const stale =
        !gone &&
        (!judged ||
          (judged.counted !== undefined && judged.counted !== (await source.count(slot))));
      const read = stale ? await this.#readAgain(slot, now, held, judged) : judged;
      this.#pending.drop(slot.start);
      state.learnedTo = slot.end + 1;
      if (!read) continue;
      await learnSlot(state, read, settings);
      state.naming.learn(read.families);
      await state.learned.forget(slot.end);
    }
  }

  async #readAgain(
    slot: Slot,
    now: number,
    held: Held,
    before: ReadSlot | undefined,
  ): Promise<ReadSlot> {
    const { state } = this.#kept;
    const read = await this.#read(slot, now, held);
    const normal = await state.learned.normal(slot);
    const { settings } = this.#options;
    const rollouts = state.rollouts.of(read.view);
    const signals = state.detecting.judge(read, { normal, settings, rollouts });
    this.#pending.replace(slot.start, signals);
    return { ...read, view: { ...read.view, flows: before?.view.flows } };
  }

  /** Passes over time of which the Hub holds nothing any more. */
  #skip(slot: Slot, oldest: number): void {
    const { interval, start } = this.#options;
    const { state } = this.#kept;
    const missed = Math.floor((oldest - slot.start) / interval) * interval;
    const to = slot.start + Math.max(missed, slot.end - slot.start + 1);
    // What was before a first look, nobody asked to have watched.
    if (!this.fresh || start !== undefined) this.#health.noteGap(slot.start, to);
    this.#options.progress.warn(
      `${this.name}: the Hub holds nothing of ${iso(slot.start)} to ${iso(to)} any more`,
    );
    state.judgedTo = to;
    // What was judged and not learned lies further back still.
    state.learnedTo = to;
    this.#pending.clear();
  }

  /** What the monitor has to say of itself. */
  async #own(now: number, error: CaptureError | undefined): Promise<void> {
    const { interval, settings, listeners } = this.#options;
    if (!error && this.#health.noteSight()) {
      for (const listener of listeners) listener.blind?.(this.name, undefined);
    }
    const { state } = this.#kept;
    const unkept = this.unkept;
    const counts = !state.own.took(slotAt(now, interval));
    const changed = this.#health.update(state.own, now, interval, settings, { error, unkept });
    this.#delivery.post(changed);
    // What was judged is on disk already; all of it once more, only for news.
    if ((error && counts) || unkept || changed.length > 0) await this.#kept.save();
    for (const listener of listeners) listener.unkept?.(this.name, this.unkept?.message);
  }

  #deliver(now: number): Promise<void> {
    return this.#delivery.deliver(this.firing(), now);
  }
}
