import { Sketch } from '../../profile/sketch.ts';
import { HOUR_MS, type Slot } from '../slot.ts';
import type { Hour } from './hour.ts';
import type { LearnedHour, Likeness, Normal, Usual } from './normal.ts';

/** Calls from which on the like hours alone tell a share or a percentile. */
const ENOUGH_CALLS = 200;

export interface LikeHour {
  readonly hour: Hour;
  readonly weight: number;
  /** The hour that follows or goes before, whichever the slot is nearer to, where it was learned. */
  readonly neighbour: Hour | undefined;
}

/**
 * What an operation does at a moment, from hours like it. How many calls is drawn on the line between
 * an hour's middle and its neighbour's (`towards`, 0…0.5, is how far), since traffic rises within an
 * hour. Shares and percentiles rest on the last hours too where the like ones had few calls.
 */
export function usualOf(
  operation: string,
  likeness: Likeness,
  like: readonly LikeHour[],
  recent: readonly LearnedHour[],
  towards: number,
): Usual | undefined {
  if (like.length === 0) return undefined;
  const hours = like.map(({ hour, weight }) => learned(hour, weight, operation));
  let [calls, weights] = [0, 0];
  for (const { hour, weight, neighbour } of like) {
    const here = anHour(hour, operation);
    const there = neighbour && neighbour.share > 0 ? anHour(neighbour, operation) : here;
    calls += weight * ((1 - towards) * here + towards * there);
    weights += weight;
  }
  const own = pool(hours);
  const seen = own.calls >= ENOUGH_CALLS ? own : pool([...hours, ...recent]);
  const latency = new Lazy(() =>
    weightedLatency(own.calls >= ENOUGH_CALLS ? hours : [...hours, ...recent]),
  );
  return {
    likeness,
    hours,
    callsAnHour: weights === 0 ? 0 : calls / weights,
    failureShare: seen.calls === 0 ? 0 : seen.failures / seen.calls,
    rejectionShare: seen.calls === 0 ? 0 : seen.rejections / seen.calls,
    calls: seen.calls,
    latency: (q) => latency.value.quantile(q),
  };
}

/** Calls of some operations that are usual in a slot. */
export function callsUsual(normal: Normal, operations: Iterable<string>, slot: Slot): number {
  let anHour = 0;
  for (const operation of operations) anHour += normal.usual(operation)?.callsAnHour ?? 0;
  return (anHour * (slot.end - slot.start + 1)) / HOUR_MS;
}

export function learned(hour: Hour, weight: number, operation: string): LearnedHour {
  return {
    start: hour.start,
    observed: hour.share,
    weight,
    measure: hour.operations.get(operation),
  };
}

function anHour(hour: Hour, operation: string): number {
  const calls = hour.operations.get(operation)?.calls ?? 0;
  return (calls * HOUR_MS) / Math.max(1, hour.observed);
}

function pool(hours: readonly LearnedHour[]) {
  let [calls, failures, rejections] = [0, 0, 0];
  for (const { weight, measure } of hours) {
    calls += weight * (measure?.calls ?? 0);
    failures += weight * (measure?.failures ?? 0);
    rejections += weight * (measure?.rejections ?? 0);
  }
  return { calls, failures, rejections };
}

function weightedLatency(hours: readonly LearnedHour[]): Sketch {
  const all = new Sketch();
  for (const { weight, measure } of hours) {
    for (const [value, count] of measure?.latency.entries() ?? []) all.add(value, count * weight);
  }
  return all;
}

class Lazy<T> {
  readonly #make: () => T;
  #made: T | undefined;

  constructor(make: () => T) {
    this.#make = make;
  }

  get value(): T {
    this.#made ??= this.#make();
    return this.#made;
  }
}
