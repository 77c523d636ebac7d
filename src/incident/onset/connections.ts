import type { IncidentCase } from '../incident-case.ts';
import { pick } from '../rows.ts';
import type { Traffic } from '../traffic.ts';
import type { Measured } from './measured.ts';
import type { PlaceRows } from './places.ts';
import type { Marks } from './share-model.ts';
import { shareMeasured } from './shares.ts';

/** Rise of the share of calls that open a connection that is worth telling. */
const LEAST_RISE = 0.05;
/** Calls at first whose connections are only new to us. */
const FIRST_CALLS = 30;

/** New connections a call, from one workload to another; undefined where connections are not told. */
export function* newConnections(
  { good, bad }: IncidentCase,
  pairs: readonly PlaceRows[],
): Generator<Measured | undefined> {
  for (const { place, good: goodRows, bad: badRows } of pairs) {
    const seen = new Set<number>();
    const before = openings(good, goodRows, seen);
    const after = openings(bad, badRows, seen);
    if (!after.values.includes(1)) yield undefined;
    else {
      const rows = badRows.subarray(badRows.length - after.values.length);
      yield shareMeasured({
        place,
        measure: 'connections',
        before,
        after,
        rows,
        usual: 0.01,
        leastRise: LEAST_RISE,
      });
    }
  }
}

function openings(traffic: Traffic, rows: Int32Array, seen: Set<number>): Marks {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const connection = traffic.connection[rows[i] as number] as number;
    if (connection === 0 || seen.has(connection)) continue;
    seen.add(connection);
    values[i] = 1;
  }
  const first = Math.min(FIRST_CALLS, rows.length);
  return { values: values.subarray(first), times: pick(traffic.ts, rows.subarray(first)) };
}
