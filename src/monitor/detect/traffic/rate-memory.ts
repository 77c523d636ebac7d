import { byCodeUnit, type Json } from '../../../support/json.ts';
import type { Situation } from '../../detector.ts';
import { HOUR_MS, type Slot, WEEK_MS } from '../../slot.ts';
import { Cells } from '../cells.ts';
import { Ongoing } from '../ongoing.ts';
import { Variation } from '../variation.ts';
import { HourShapes, shapeOf } from './hour-shapes.ts';
import { Levels } from './levels.ts';
import { ratedOf, tally } from './tally.ts';
import { WaitingHours } from './waiting-hours.ts';

/** An hour. */
const CELLS = 12;
/** Among the names, the time that was captured whole, ms. */
const OBSERVED = '';
const MAX_OPERATIONS = 5_000;
/** What is not called for so long is not missed. */
const FORGET_MS = WEEK_MS + 24 * HOUR_MS;
/** Squared coefficient of variation of calls a handled call, slot by slot, before any was seen. */
const FAN_OUT_VARIATION = 0.15 ** 2;

/** What is remembered of the rates of calls. */
export class RateMemory {
  readonly cells = new Cells(CELLS + 1);
  readonly shapes = new HourShapes();
  readonly waiting = new WaitingHours();
  readonly levels = new Levels();
  readonly fanOut = new Variation(FAN_OUT_VARIATION, 20, 0.9995);
  readonly growing = new Ongoing();
  /** When each operation was called last. */
  readonly #operations = new Map<string, number>();
  /** The hour that is under way, and the slots of it that were learned. */
  #hour = { start: 0, slots: 0 };

  constructor(kept: Json | undefined) {
    const parts = (kept ?? {}) as { readonly [key: string]: Json };
    for (const [name, part] of Object.entries(this.#parts())) part.restore(parts[name]);
    const { operations, hour } = parts;
    for (const entry of Array.isArray(operations) ? operations.slice(0, MAX_OPERATIONS) : []) {
      const [name, last] = Array.isArray(entry) ? entry : [];
      if (typeof name === 'string' && Number.isFinite(last)) this.#operations.set(name, last);
    }
    if (Array.isArray(hour) && hour.length === 2 && hour.every(Number.isFinite)) {
      this.#hour = { start: hour[0], slots: hour[1] };
    }
  }

  /** Every operation called of late, in code-unit order. */
  operations(): string[] {
    return [...this.#operations.keys()].sort(byCodeUnit);
  }

  /** Time of the last `cells` cells that was captured whole, with the slot's own, ms. */
  observed(slot: Slot, cells: number): number {
    const interval = slot.end - slot.start + 1;
    return this.cells.sums(OBSERVED, slot, cells, [interval])[0] ?? interval;
  }

  learn({ view }: Situation<unknown>): void {
    const { slot, operations, problems } = view;
    this.#closeHour(slot);
    const calls = new Map<string, number>();
    for (const measure of operations.values()) {
      this.#operations.delete(measure.name.operation);
      this.#operations.set(measure.name.operation, slot.start);
      tally(measure, (name, n) => calls.set(name, (calls.get(name) ?? 0) + n));
    }
    // What was not captured whole would look like fewer calls.
    if (problems.length === 0) {
      this.#hour.slots++;
      this.cells.add(OBSERVED, slot, [slot.end - slot.start + 1]);
      for (const [name, n] of calls) this.cells.add(name, slot, [n]);
    }
    this.cells.forget(slot);
    for (const [operation, last] of this.#operations) {
      if (last >= slot.start - FORGET_MS && this.#operations.size <= MAX_OPERATIONS) break;
      this.#operations.delete(operation);
    }
  }

  toJSON(): Json {
    return {
      ...Object.fromEntries(
        Object.entries(this.#parts()).map(([name, part]) => [name, part.toJSON()]),
      ),
      operations: [...this.#operations],
      hour: [this.#hour.start, this.#hour.slots],
    };
  }

  /** Takes note of how the slots of an hour differed once the next has begun; of whole hours only. */
  #closeHour(slot: Slot): void {
    const start = Math.floor(slot.start / HOUR_MS) * HOUR_MS;
    if (start === this.#hour.start) return;
    const { start: from, slots } = this.#hour;
    this.#hour = { start, slots: 0 };
    for (const { start: hour, shapes } of this.waiting.take(slot)) {
      for (const [name, shape] of shapes) this.shapes.learn(name, (hour / HOUR_MS) % 24, shape);
    }
    const interval = slot.end - slot.start + 1;
    const width = Math.max(interval, HOUR_MS / CELLS);
    if (slots * interval < HOUR_MS || width >= HOUR_MS) return;
    const names = new Set([...this.cells.names(), ...this.shapes.names()]);
    for (const name of [...names].sort(byCodeUnit)) {
      if (name === OBSERVED || ratedOf(name).kind === 'made') continue;
      const counts = Array<number>(Math.round(HOUR_MS / width)).fill(0);
      for (const { start: at, numbers } of this.cells.last(name, slot, CELLS + 1)) {
        const index = Math.round((at - from) / width);
        if (index >= 0 && index < counts.length) counts[index] = numbers[0] ?? 0;
      }
      this.waiting.add(from, name, shapeOf(counts));
    }
  }

  #parts() {
    const { cells, shapes, waiting, levels, fanOut, growing } = this;
    return { cells, shapes, waiting, levels, fanOut, growing };
  }
}
