import type { Signal } from './signal.ts';
import type { ReadSlot } from './slot-reading.ts';
import { subjectKey } from './subject.ts';

interface Pending {
  readonly read: ReadSlot;
  readonly signals: ReadonlySet<string>;
}

/** Slots that were judged and are not learned yet, and what late calls showed of them. */
export class PendingSlots {
  readonly #slots = new Map<number, Pending>();
  #late: readonly Signal[] = [];

  add(read: ReadSlot, signals: readonly Signal[]): void {
    this.#slots.set(read.view.slot.start, { read, signals: new Set(signals.map(keyOf)) });
  }

  get(start: number): ReadSlot | undefined {
    return this.#slots.get(start)?.read;
  }

  /** Takes a slot that was read again: what it shows now and did not then is told with the next slot. */
  replace(start: number, signals: readonly Signal[]): void {
    const before = this.#slots.get(start)?.signals;
    if (!before) return;
    this.#late = [...this.#late, ...signals.filter((signal) => !before.has(keyOf(signal)))];
  }

  drop(start: number): void {
    this.#slots.delete(start);
  }

  clear(): void {
    this.#slots.clear();
    this.#late = [];
  }

  /** The signals of a slot, with those that late calls showed of earlier ones. */
  withLate(signals: readonly Signal[]): readonly Signal[] {
    const now = new Set(signals.map(keyOf));
    const late = this.#late.filter((signal) => !now.has(keyOf(signal)));
    this.#late = [];
    return [...signals, ...late];
  }
}

function keyOf({ rule, subject }: Signal): string {
  return `${rule} ${subjectKey(subject)}`;
}
