import { median } from '../../support/numbers.ts';
import type { IncidentCase } from '../incident-case.ts';
import { mapped, pick, rowsWhere } from '../rows.ts';
import { type Traffic, UNKNOWN } from '../traffic.ts';
import type { PlaceRows } from './places.ts';
import { LOWER_QUARTILE, NEGLIGIBLE_MS, Surroundings } from './surroundings.ts';

/** Durations (ms) of both sides by row, NaN where not known, and how far each is from what is usual. */
export interface Durations {
  readonly good: Float64Array;
  readonly bad: Float64Array;
  /** Logarithm of the ratio to the operation's known-good median, less what is slower everywhere. */
  readonly goodDeviation: Float64Array;
  readonly badDeviation: Float64Array;
  /** By how much (logarithm) everything was slower in the incident. */
  readonly everywhere: (time: number) => number;
}

/** From this share of linked calls on own times say what is slower everywhere: no fault spreads in them. */
const MOSTLY = 0.8;
const MEDIAN = 0.5;

/** By how much everything is slower at a moment of either side. */
export interface Everywhere {
  readonly good: Surroundings;
  readonly bad: Surroundings;
}

/** What is slower everywhere, from own times where calls are linked, else from latencies. */
export function everywhereOf(
  given: IncidentCase,
  operations: readonly PlaceRows[],
  own: { readonly good: Float64Array; readonly bad: Float64Array },
): Everywhere {
  const linked = isMostlyLinked(given.good) && isMostlyLinked(given.bad);
  const good = linked ? own.good : given.good.latency;
  const bad = linked ? own.bad : given.bad.latency;
  const [goodRaw, badRaw] = rawDeviations(good, bad, operations);
  return {
    good: surroundingsOf(given.good, goodRaw, given, linked ? MEDIAN : LOWER_QUARTILE),
    bad: surroundingsOf(given.bad, badRaw, given, linked ? MEDIAN : LOWER_QUARTILE),
  };
}

export function durationsOf(
  { good: { ts: goodTs }, bad: { ts: badTs } }: IncidentCase,
  operations: readonly PlaceRows[],
  good: Float64Array,
  bad: Float64Array,
  everywhere: Everywhere,
): Durations {
  const [goodDeviation, badDeviation] = rawDeviations(good, bad, operations);
  for (let row = 0; row < good.length; row++)
    goodDeviation[row] = (goodDeviation[row] as number) - everywhere.good.at(goodTs[row] as number);
  for (let row = 0; row < bad.length; row++)
    badDeviation[row] = (badDeviation[row] as number) - everywhere.bad.at(badTs[row] as number);
  return { good, bad, goodDeviation, badDeviation, everywhere: (time) => everywhere.bad.at(time) };
}

/** Log-ratios to the operation's known-good median; NaN where either is not known. */
function rawDeviations(
  good: Float64Array,
  bad: Float64Array,
  operations: readonly PlaceRows[],
): [Float64Array, Float64Array] {
  const goodDeviation = new Float64Array(good.length).fill(Number.NaN);
  const badDeviation = new Float64Array(bad.length).fill(Number.NaN);
  for (const { good: goodRows, bad: badRows } of operations) {
    const known = rowsWhere(goodRows, (row) => !Number.isNaN(good[row]));
    const usual = median(mapped(known, (row) => logOf(good[row] as number)));
    for (const row of goodRows) goodDeviation[row] = logOf(good[row] as number) - usual;
    for (const row of badRows) badDeviation[row] = logOf(bad[row] as number) - usual;
  }
  return [goodDeviation, badDeviation];
}

function logOf(ms: number): number {
  return Math.log(Math.max(0, ms) + NEGLIGIBLE_MS);
}

function isMostlyLinked({ parent, size }: Traffic): boolean {
  let linked = 0;
  for (const row of parent) if (row !== UNKNOWN) linked++;
  return linked >= MOSTLY * size;
}

function surroundingsOf(
  traffic: Traffic,
  deviations: Float64Array,
  { names }: IncidentCase,
  quantile: number,
): Surroundings {
  const byWorkload = names.workloads.map(() => [] as number[]);
  for (let row = 0; row < traffic.size; row++)
    if (!Number.isNaN(deviations[row])) byWorkload[traffic.callee[row] as number]?.push(row);
  return new Surroundings(
    byWorkload
      .filter((rows) => rows.length > 0)
      .map((rows) => ({
        times: pick(traffic.ts, rows),
        values: pick(deviations, rows),
      })),
    traffic,
    quantile,
  );
}
