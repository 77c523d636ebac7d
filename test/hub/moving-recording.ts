import type { HubRecord } from './record.ts';

/** A record, and when the Hub has it, Unix ms. */
export interface Arriving {
  readonly record: HubRecord;
  readonly at: number;
}

export interface Moving {
  /** Virtual time, Unix ms. */
  readonly now: () => number;
  /** How long a record is held, ms. */
  readonly retention: number;
  /** When the first record is made. */
  readonly begin: number;
  /** ms that `made` covers. */
  readonly step: number;
  /** Records of the step that begins then; a few may be of the next. */
  readonly made: (start: number) => readonly Arriving[];
}

/** Steps that a late record may lie back. */
const LATE_STEPS = 3;

/** The records of a time that moves: made step by step as it passes, dropped when they are too old. */
export class MovingRecording {
  readonly #moving: Moving;
  #held: Arriving[] = [];
  #next: number;
  #asked = Number.NaN;
  #all: readonly HubRecord[] = [];
  #arrived: readonly HubRecord[] = [];

  constructor(moving: Moving) {
    this.#moving = moving;
    this.#next = moving.begin;
  }

  /** What is held now in time order; without `all` only what has arrived. */
  records(all: boolean): readonly HubRecord[] {
    const now = this.#moving.now();
    if (now !== this.#asked) this.#move(now);
    return all ? this.#all : this.#arrived;
  }

  #move(now: number): void {
    const { step, retention, made } = this.#moving;
    const oldest = now - retention;
    const behind = Math.floor((oldest - this.#next) / step) - LATE_STEPS;
    if (behind > 0) this.#next += behind * step;
    let grown = false;
    for (; this.#next <= now; this.#next += step) {
      this.#held.push(...made(this.#next));
      grown = true;
    }
    if (grown) this.#held.sort((a, b) => a.record.ts - b.record.ts);
    this.#held = this.#held.filter(({ record }) => record.ts >= oldest);
    this.#all = this.#held.filter(({ record }) => record.ts <= now).map(({ record }) => record);
    this.#arrived = this.#held.filter(({ at }) => at <= now).map(({ record }) => record);
    this.#asked = now;
  }
}
