import type { CaptureError } from '../support/errors.ts';
import type { Alert } from './alert.ts';
import type { AlertBook } from './alerts/alert-book.ts';
import type { Normal } from './learned/normal.ts';
import { callsUsual } from './learned/usual.ts';
import type { SlotView } from './measure/slot-view.ts';
import {
  blindSignal,
  brokenSignal,
  type Empty,
  gapSignal,
  incompleteSignal,
  noTrafficSignal,
  unkeptSignal,
} from './own-signals.ts';
import type { MonitorSettings } from './settings.ts';
import type { Signal } from './signal.ts';
import { type Slot, slotAt } from './slot.ts';

interface Failures {
  readonly error: CaptureError | undefined;
  readonly unkept: CaptureError | undefined;
}

const NONE: ReadonlySet<string> = new Set();

/** What a monitor has to say of itself, in slots of the wall clock. */
export class OwnHealth {
  #gap: { readonly from: number; readonly to: number } | undefined;
  #incomplete: string[] = [];
  #empty: Empty | undefined;
  #blindSince: number | undefined;
  #unkeptSince: number | undefined;
  #broken: ReadonlyMap<string, string> = new Map();

  /** Since when the Hub can't be asked, Unix ms. */
  get blindSince(): number | undefined {
    return this.#blindSince;
  }

  /** Time of which the Hub holds nothing any more. */
  noteGap(from: number, to: number): void {
    this.#gap = { from: this.#gap?.from ?? from, to };
  }

  noteSlot(
    { slot, calls, operations: measured, unmeasured = 0, problems }: SlotView,
    normal: Normal,
    operations: Iterable<string>,
  ): void {
    this.#incomplete = problems.map(({ message }) => message);
    if (unmeasured > 0) {
      this.#incomplete.push(
        `${unmeasured} calls were of further operations than the ${measured.size} that are measured in an interval`,
      );
    }
    this.#empty = undefined;
    if (calls > 0) return;
    const { familiar, quietness } = normal;
    this.#empty = { slot, expected: callsUsual(normal, operations, slot), familiar, quietness };
  }

  /** Detectors that failed with a slot, and why. */
  noteBroken(failures: ReadonlyMap<string, string>): void {
    this.#broken = new Map(failures);
  }

  noteBlind(now: number): number {
    this.#blindSince ??= now;
    return this.#blindSince;
  }

  /** Whether it was blind until now. */
  noteSight(): boolean {
    const was = this.#blindSince !== undefined;
    this.#blindSince = undefined;
    return was;
  }

  /**
   * The alerts that changed; `error` is why the Hub could not be asked, `unkept` why the state could not
   * be written, if so.
   */
  update(
    book: AlertBook,
    now: number,
    interval: number,
    settings: MonitorSettings,
    { error, unkept }: Failures,
  ): readonly Alert[] {
    const slot = slotAt(now, interval);
    const told = !book.took(slot);
    const signals: Signal[] = error
      ? [blindSignal(error, this.#blindSince ?? now)]
      : this.#signals(slot, settings);
    this.#unkeptSince = unkept && (this.#unkeptSince ?? now);
    if (unkept) signals.push(unkeptSignal(unkept, this.#unkeptSince ?? now));
    // Where it was blind until now, the slot of the wall clock is taken: the next one tells.
    if (!error && told) this.#gap = undefined;
    const context = { slot, complete: true, callees: () => NONE, rollout: () => undefined };
    return book.update(signals, { ...context, learned: '', settings });
  }

  #signals(slot: Slot, settings: MonitorSettings): Signal[] {
    const empty = this.#empty;
    return [
      ...(this.#gap ? [gapSignal(this.#gap)] : []),
      ...(this.#incomplete.length > 0 ? [incompleteSignal(this.#incomplete, slot.start)] : []),
      ...[...this.#broken].map(([name, why]) => brokenSignal(name, why, slot.start)),
      ...(empty ? noTrafficSignal(empty, settings.minEvents) : []),
    ];
  }
}
