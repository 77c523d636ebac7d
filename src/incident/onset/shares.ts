import { USUAL_THRESHOLDS } from '../../compare/thresholds.ts';
import type { Measure, Place } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import { pick, rowsWhere } from '../rows.ts';
import { Ending, STILL_OPEN_MS, type Traffic } from '../traffic.ts';
import { allOf, type Measured, meanOf } from './measured.ts';
import type { PlaceRows } from './places.ts';
import { type Marks, shareModel } from './share-model.ts';

/** Every rejection more is not worth telling. */
const LEAST_REJECTIONS = 0.02;

const ENDINGS: readonly (readonly [Measure, Ending, number])[] = [
  ['errors', Ending.failed, USUAL_THRESHOLDS.errorIncrease],
  ['rejections', Ending.rejected, LEAST_REJECTIONS],
  ['unanswered', Ending.unanswered, USUAL_THRESHOLDS.errorIncrease],
];

/** Shares of calls that failed, were rejected, were not answered; undefined for those with none of them. */
export function* endingShares(
  given: IncidentCase,
  places: readonly PlaceRows[],
): Generator<Measured | undefined> {
  const { good, bad } = given;
  for (const [measure, ending, leastRise] of ENDINGS) {
    const usual = shareOf(good, ending);
    for (const { place, good: goodRows, bad: badRows } of places) {
      const before = marksOf(good, settled(good, goodRows, ending), ending);
      const rows = settled(bad, badRows, ending);
      const after = marksOf(bad, rows, ending);
      if (!after.values.includes(1)) yield undefined;
      else yield shareMeasured({ place, measure, before, after, rows, usual, leastRise });
    }
  }
}

interface ShareGiven {
  readonly place: Place;
  readonly measure: Measure;
  readonly before: Marks;
  readonly after: Marks;
  /** Rows of the incident's marks. */
  readonly rows: Int32Array;
  readonly usual: number;
  readonly leastRise: number;
}

/** A share of marked calls as a measure. */
export function shareMeasured(given: ShareGiven): Measured {
  const { place, measure, before, after, rows, usual, leastRise } = given;
  return {
    place,
    measure,
    model: shareModel(before, after, usual, leastRise),
    before: before.values.length === 0 ? usual : meanOf(before.values, allOf(before.values)),
    samples: before.values.length,
    after: (segment) => meanOf(after.values, segment),
    samplesIn: ({ from, to }) => to - from,
    rows: ({ from, to }) => rows.subarray(from, to),
  };
}

function settled({ ts, end }: Traffic, rows: Int32Array, ending: Ending): Int32Array {
  if (ending !== Ending.unanswered) return rows;
  return rowsWhere(rows, (row) => (ts[row] as number) <= end - STILL_OPEN_MS);
}

function marksOf(traffic: Traffic, rows: Int32Array, ending: Ending): Marks {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++)
    values[i] = traffic.ending[rows[i] as number] === ending ? 1 : 0;
  return { values, times: pick(traffic.ts, rows) };
}

function shareOf({ size, ending }: Traffic, wanted: Ending): number {
  let some = 0;
  for (const each of ending) if (each === wanted) some++;
  return size === 0 ? 0 : some / size;
}
