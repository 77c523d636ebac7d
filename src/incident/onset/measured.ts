import type { Measure, Place } from '../change.ts';
import type { Model } from './model.ts';
import type { Segment } from './segment.ts';

/** One measure at one place, ready to be searched for changes. */
export interface Measured {
  readonly place: Place;
  readonly measure: Measure;
  readonly model: Model;
  /** In known-good traffic, in the measure's unit, and the calls that it rests on. */
  readonly before: number;
  readonly samples: number;
  /** In a part of the incident's. */
  readonly after: (segment: Segment) => number;
  readonly samplesIn: (segment: Segment) => number;
  /** Row of the incident's traffic of an observation; −1 where it is of no one call. */
  readonly rows: (segment: Segment) => Int32Array;
}

/** The mean of a part of some values; NaN of nothing. */
export function meanOf(values: Float64Array, { from, to }: Segment): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i] as number;
  return sum / (to - from);
}

/** Which share of such a part is 1 and not 0, drawn towards a half where the part is short. */
export function smoothedShare(values: Float64Array, segment: Segment): number {
  const size = segment.to - segment.from;
  return (size === 0 ? 0.5 : meanOf(values, segment) * size + 0.5) / (size + 1);
}

export function allOf(values: { readonly length: number }): Segment {
  return { from: 0, to: values.length };
}
