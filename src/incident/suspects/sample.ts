import type { Stretch } from '../traffic.ts';

/** Numbers of one cell on one side, each with the slot of time it fell into. */
export class Sample {
  readonly values: number[] = [];
  readonly slots: number[] = [];

  /** What lies outside of all slots is left out. */
  push(value: number, slot: number): void {
    if (slot < 0) return;
    this.values.push(value);
    this.slots.push(slot);
  }

  get size(): number {
    return this.values.length;
  }
}

/** Slots of time into which a side is cut: what differs between them is noise. */
export const SLOTS = 8;
/** Share of the calls that is left out of a mean at its upper end, and of so few it is none. */
const TRIMMED = 0.05;

/** Slot of each moment of a stretch of time; −1 outside of it. */
export function slotsOf({ from, to }: Stretch): (ts: number) => number {
  const length = (to - from) / SLOTS;
  return (ts) =>
    ts < from || ts >= to ? -1 : Math.min(SLOTS - 1, Math.floor((ts - from) / length));
}

export interface Mean {
  readonly mean: number;
  /** Standard error as the calls themselves show it, and as the slots of time do: the second sees what comes in bursts. */
  readonly single: number;
  readonly clustered: number;
  readonly size: number;
}

/** Mean of a sample with its upper tail drawn in, and how sure it is. */
export function meanOf(sample: Sample): Mean {
  const { values, slots, size } = sample;
  if (size === 0) return { mean: 0, single: Infinity, clustered: 0, size };
  const sorted = Float64Array.from(values).sort();
  const cap = sorted[size - 1 - Math.floor(size * TRIMMED)] as number;
  let sum = 0;
  let squares = 0;
  const sums = new Float64Array(SLOTS);
  const counts = new Float64Array(SLOTS);
  for (let i = 0; i < size; i++) {
    const value = Math.min(cap, values[i] as number);
    const slot = slots[i] as number;
    sum += value;
    squares += value * value;
    sums[slot] = (sums[slot] as number) + value;
    counts[slot] = (counts[slot] as number) + 1;
  }
  const mean = sum / size;
  const single = Math.max(0, squares / size - mean * mean) / Math.max(1, size - 1);
  // Ratio estimator: a slot counts by its calls.
  let between = 0;
  let used = 0;
  for (let slot = 0; slot < SLOTS; slot++) {
    const count = counts[slot] as number;
    if (count === 0) continue;
    used++;
    between += ((sums[slot] as number) - mean * count) ** 2;
  }
  const clustered = used > 1 ? (between / size ** 2) * (used / (used - 1)) : 0;
  return { mean, single: Math.sqrt(single), clustered: Math.sqrt(clustered), size };
}

/** Standard error of the difference of two means: of each the larger of what its calls and its slots show. */
export function errorOf(good: Mean, bad: Mean): number {
  return Math.hypot(Math.max(good.single, good.clustered), Math.max(bad.single, bad.clustered));
}
