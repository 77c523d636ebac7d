import type { Normal } from '../../learned/normal.ts';
import { comparableHours } from '../learned-hours.ts';
import { tally } from './tally.ts';

/** Squared coefficient of variation from week to week before any was seen, and its worth in hours. */
const VARIATION = 0.2 ** 2;
const WORTH = 3;
/** Of what other hours have: with fewer calls an hour that was an event doesn't count. */
const FALLEN = 0.5;

/** What is usual at this hour. */
export interface Rate {
  /** Calls in an hour. */
  readonly anHour: number;
  /** Squared coefficient of variation between comparable hours, beyond chance. */
  readonly variation: number;
  /** Calls by comparable hour, as many as one whole hour would have. */
  readonly hours: ReadonlyMap<number, number>;
}

interface Hour {
  readonly observed: number;
  readonly weight: number;
  readonly calls: Map<string, number>;
}

/**
 * Rates of everything that was called at hours which compare with now, by name. Hours in which a name's
 * calls had fallen, as an event (`eventsOf` it), are left out of it: an outage is not what is usual.
 */
export function expectedRates(
  normal: Normal,
  operations: Iterable<string>,
  now: number,
  eventsOf: (name: string) => (hour: number) => boolean = () => () => false,
): ReadonlyMap<string, Rate> {
  const hours = new Map<number, Hour>();
  const names = new Set<string>();
  for (const operation of operations) {
    for (const { start, observed, weight, measure } of comparableHours(normal, operation, now)) {
      const hour = hours.get(start) ?? { observed, weight, calls: new Map() };
      hours.set(start, hour);
      if (!measure) continue;
      tally(measure, (name, calls) => {
        names.add(name);
        hour.calls.set(name, (hour.calls.get(name) ?? 0) + calls);
      });
    }
  }
  return new Map(
    [...names].map((name) => {
      const each = [...hours].map(([start, { observed, weight, calls }]) => ({
        start,
        weight,
        calls: (calls.get(name) ?? 0) / observed,
      }));
      const wasEvent = eventsOf(name);
      const others = each.filter(({ start }) => !wasEvent(start));
      const low = others.length === 0 ? 0 : FALLEN * meanOf(others);
      return [name, rateOf(each.filter((hour) => others.includes(hour) || hour.calls >= low))];
    }),
  );
}

interface Counted {
  readonly start: number;
  readonly weight: number;
  /** As many as one whole hour would have. */
  readonly calls: number;
}

function rateOf(each: readonly Counted[]): Rate {
  const anHour = meanOf(each);
  const squares = each.reduce((sum, { calls }) => sum + (calls - anHour) ** 2, 0);
  const freedom = each.length - 1;
  const seen = freedom * Math.max(0, squares / Math.max(1, freedom) - anHour);
  return {
    anHour,
    variation: (WORTH * VARIATION + seen / anHour ** 2) / (WORTH + freedom),
    hours: new Map(each.map(({ start, calls }) => [start, calls])),
  };
}

function meanOf(each: readonly Counted[]): number {
  const weights = each.reduce((sum, { weight }) => sum + weight, 0);
  return each.reduce((sum, { weight, calls }) => sum + weight * calls, 0) / weights;
}
