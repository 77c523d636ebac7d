import type { Measure } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import { pick, rowsWhere } from '../rows.ts';
import type { Durations } from './durations.ts';
import { levelModel } from './level-model.ts';
import { allOf, type Measured, meanOf } from './measured.ts';
import { normalScores } from './normal-score.ts';
import type { PlaceRows } from './places.ts';
import type { Segment } from './segment.ts';
import { UNEVEN } from './surroundings.ts';

/** With fewer known-good calls there is nothing to rank among. */
const LEAST_GOOD = 20;
/** Ratios of geometric means that are worth telling: slower, and faster. */
const SLOWER = 1.25;
const FASTER = 1.5;

/** Latencies, or own times, of each place against its own known-good ones. */
export function* durationLevels(
  given: IncidentCase,
  measure: Measure,
  durations: Durations,
  places: readonly PlaceRows[],
): Generator<Measured | undefined> {
  const { good, bad, goodDeviation, badDeviation, everywhere } = durations;
  for (const { place, good: goodAll, bad: badAll } of places) {
    const goodRows = rowsWhere(goodAll, (row) => !Number.isNaN(goodDeviation[row]));
    const rows = rowsWhere(badAll, (row) => !Number.isNaN(badDeviation[row]));
    if (goodRows.length < LEAST_GOOD || rows.length === 0) {
      yield undefined;
      continue;
    }
    const before = pick(goodDeviation, goodRows);
    const after = pick(badDeviation, rows);
    const times = pick(given.bad.ts, rows);
    const sorted = before.toSorted();
    const usual = meanOf(before, allOf(before));
    const worth = (segment: Segment, shift: number) => {
      let around = 0;
      for (let i = segment.from; i < segment.to; i++) around += everywhere(times[i] as number);
      const uneven = UNEVEN * Math.abs(around / (segment.to - segment.from));
      const ratio = meanOf(after, segment) - usual;
      return shift > 0 ? ratio - uneven >= Math.log(SLOWER) : -ratio - uneven >= Math.log(FASTER);
    };
    const badValues = pick(bad, rows);
    yield {
      place,
      measure,
      model: levelModel(
        { scores: normalScores(before, sorted), times: pick(given.good.ts, goodRows) },
        { scores: normalScores(after, sorted), times },
        worth,
      ),
      before: meanOf(pick(good, goodRows), allOf(goodRows)),
      samples: goodRows.length,
      after: (segment) => meanOf(badValues, segment),
      samplesIn: ({ from, to }) => to - from,
      rows: ({ from, to }) => rows.subarray(from, to),
    };
  }
}

/** A change of the calls made a handled call that is worth telling, and as a part of those before. */
const LEAST_CALLS = 0.2;
const LEAST_PART = 0.1;

/** Linked calls a handled call, of each operation that makes any. */
export function* fanOuts(
  { good, bad }: IncidentCase,
  made: { readonly good: Int32Array; readonly bad: Int32Array },
  operations: readonly PlaceRows[],
): Generator<Measured | undefined> {
  for (const { place, good: goodAll, bad: badAll } of operations) {
    const goodRows = rowsWhere(goodAll, (row) => (made.good[row] as number) >= 0);
    const rows = rowsWhere(badAll, (row) => (made.bad[row] as number) >= 0);
    const before = pick(made.good, goodRows);
    const after = pick(made.bad, rows);
    const calls = before.some((count) => count > 0) || after.some((count) => count > 0);
    if (!calls || goodRows.length < LEAST_GOOD || rows.length === 0) {
      yield undefined;
      continue;
    }
    const sorted = before.toSorted();
    const usual = meanOf(before, allOf(before));
    const least = Math.max(LEAST_CALLS, LEAST_PART * usual);
    yield {
      place,
      measure: 'fan-out',
      model: levelModel(
        { scores: normalScores(before, sorted), times: pick(good.ts, goodRows) },
        { scores: normalScores(after, sorted), times: pick(bad.ts, rows) },
        (segment) => Math.abs(meanOf(after, segment) - usual) >= least,
      ),
      before: usual,
      samples: goodRows.length,
      after: (segment) => meanOf(after, segment),
      samplesIn: ({ from, to }) => to - from,
      rows: ({ from, to }) => rows.subarray(from, to),
    };
  }
}
