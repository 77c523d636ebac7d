import type { Json } from '../../support/json.ts';
import { OperationMeasure } from '../measure/operation-measure.ts';
import type { SlotView } from '../measure/slot-view.ts';
import { HOUR_MS } from '../slot.ts';

const VERSION = 1;
/** Operations that are remembered of an hour: those beyond are new ones each time. */
const MAX_OPERATIONS = 10_000;

/** What was measured in one hour of the clock; mergeable in any order while it isn't full. */
export class Hour {
  /** Unix ms, a multiple of an hour. */
  readonly start: number;
  /** Time that was observed whole, ms. */
  observed = 0;
  readonly operations = new Map<string, OperationMeasure>();

  constructor(start: number) {
    this.start = start;
  }

  /** Adds a slot that was captured whole. */
  add({ slot, operations }: Pick<SlotView, 'slot' | 'operations'>): void {
    this.observed += slot.end - slot.start + 1;
    for (const measure of operations.values()) this.#merge(measure);
  }

  merge(other: Hour): void {
    this.observed += other.observed;
    for (const measure of other.operations.values()) this.#merge(measure);
  }

  /** Share of the hour that was observed, 0…1. */
  get share(): number {
    return Math.min(1, this.observed / HOUR_MS);
  }

  toJSON(): Json {
    const sorted = [...this.operations].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      hourVersion: VERSION,
      start: this.start,
      observed: this.observed,
      operations: sorted.map(([, measure]) => measure.toJSON()),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Hour {
    const raw = (json ?? {}) as { readonly [key: string]: Json };
    const { hourVersion, start, observed, operations } = raw;
    if (hourVersion !== VERSION) throw new RangeError('an hour of another version');
    if (
      !Number.isSafeInteger(start) ||
      !Number.isSafeInteger(observed) ||
      !Array.isArray(operations)
    ) {
      throw new RangeError('not an hour');
    }
    const hour = new Hour(start as number);
    hour.observed = observed as number;
    for (const one of operations) hour.#merge(OperationMeasure.fromJSON(one));
    return hour;
  }

  #merge(measure: OperationMeasure): void {
    const { operation } = measure.name;
    let known = this.operations.get(operation);
    if (!known) {
      if (this.operations.size >= MAX_OPERATIONS) return;
      known = new OperationMeasure(measure.name);
      this.operations.set(operation, known);
    }
    known.merge(measure);
  }
}

/** The hour of the clock that holds a moment, Unix ms. */
export function hourOf(ts: number): number {
  return Math.floor(ts / HOUR_MS) * HOUR_MS;
}
