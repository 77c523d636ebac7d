import type { Normal } from '../../learned/normal.ts';
import { comparableHours } from '../learned-hours.ts';
import { tally } from './tally.ts';

/** Squared coefficient of variation from week to week before any was seen, and its worth in hours. */
const VARIATION = 0.2 ** 2;
const WORTH = 3;

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

/** Rates of everything that was called at hours which compare with now, by name. */
export function expectedRates(
  normal: Normal,
  operations: Iterable<string>,
  now: number,
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
  return new Map([...names].map((name) => [name, rateOf(name, hours)]));
}

function rateOf(name: string, hours: ReadonlyMap<number, Hour>): Rate {
  const each = [...hours].map(([start, { observed, weight, calls }]) => ({
    start,
    weight,
    calls: (calls.get(name) ?? 0) / observed,
  }));
  const weights = each.reduce((sum, { weight }) => sum + weight, 0);
  const anHour = each.reduce((sum, { weight, calls }) => sum + weight * calls, 0) / weights;
  const squares = each.reduce((sum, { calls }) => sum + (calls - anHour) ** 2, 0);
  const freedom = each.length - 1;
  const seen = freedom * Math.max(0, squares / Math.max(1, freedom) - anHour);
  return {
    anHour,
    variation: (WORTH * VARIATION + seen / anHour ** 2) / (WORTH + freedom),
    hours: new Map(each.map(({ start, calls }) => [start, calls])),
  };
}
