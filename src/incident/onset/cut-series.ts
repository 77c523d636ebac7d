import { median } from '../../support/numbers.ts';
import type { Columns } from '../reading/columns.ts';
import type { Reading } from '../reading/reading.ts';
import { mapped, rowsWhere } from '../rows.ts';
import { type RowsBy, rowsBy } from '../rows-by.ts';
import { Ending, STILL_OPEN_MS } from '../traffic.ts';
import { type Deviations, LOWER_QUARTILE, NEGLIGIBLE_MS, Surroundings } from './surroundings.ts';

/** What of some calls may have become worse: larger is worse. */
export interface CutSeries {
  readonly measure: 'share' | 'latency';
  /** 0 or 1, or the logarithm of ms less what is slower everywhere; in order of time. */
  readonly values: Float64Array;
  /** Unix ms */
  readonly times: Float64Array;
  /** What was taken off as slower everywhere, in logarithms; empty for shares. */
  readonly everywhere: Float64Array;
}

/** With fewer calls a group is too small to show a change by itself. */
const LEAST_CALLS = 30;

/**
 * What can be read off a capture before operations have names: endings and latencies by who serves,
 * by who serves whom, and by who serves which kind of request.
 */
export function* cutSeries(reading: Reading): Generator<CutSeries> {
  const { columns } = reading;
  const seen = new Set<string>();
  const keys = keysOf(columns);
  const surroundings = surroundingsOf(reading, grouped(reading, keys[0]));
  for (const keyOf of keys) {
    const groups = grouped(reading, keyOf);
    for (let group = 0; group < groups.groups; group++) {
      const rows = groups.rows(group);
      const name = `${rows[0]} ${rows.at(-1)} ${rows.length}`;
      if (rows.length < LEAST_CALLS || seen.has(name)) continue;
      seen.add(name);
      for (const ending of [Ending.failed, Ending.rejected, Ending.unanswered]) {
        const series = endingsOf(reading, rows, ending);
        if (series) yield series;
      }
      const latencies = latenciesOf(columns, reading.first, rows, surroundings);
      if (latencies.values.length >= LEAST_CALLS) yield latencies;
    }
  }
}

/** A whole number that is the same for rows that belong together. */
type KeyOf = (row: number) => number;

function keysOf({ targets, caller, target }: Columns): [KeyOf, KeyOf, KeyOf] {
  const served = numbered(targets.values.map(({ workload }) => workload));
  const kinds = numbered(
    targets.values.map(({ workload, protocol, method }) => `${workload}\n${protocol}\n${method}`),
  );
  return [
    (row) => served[target[row] as number] as number,
    (row) => (caller[row] as number) * served.length + (served[target[row] as number] as number),
    (row) => kinds[target[row] as number] as number,
  ];
}

/** The number of the first name that is the same, name by name. */
function numbered(names: readonly string[]): readonly number[] {
  const numbers = new Map<string, number>();
  return names.map((name, i) => {
    const known = numbers.get(name) ?? i;
    numbers.set(name, known);
    return known;
  });
}

function grouped({ first, last }: Reading, keyOf: KeyOf): RowsBy {
  const numbers = new Map<number, number>();
  const keys = new Int32Array(last - first);
  for (let row = first; row < last; row++) {
    const key = keyOf(row);
    let number = numbers.get(key);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(key, number);
    }
    keys[row - first] = number;
  }
  return rowsBy(keys, numbers.size);
}

/** Shares of an ending; undefined where no call ended so. */
function endingsOf(
  { columns, first, end }: Reading,
  rows: Int32Array,
  ending: Ending,
): CutSeries | undefined {
  const until = ending === Ending.unanswered ? end - STILL_OPEN_MS : Number.POSITIVE_INFINITY;
  const kept = rowsWhere(rows, (row) => (columns.ts[first + row] as number) <= until);
  const values = mapped(kept, (row) => (columns.ending[first + row] === ending ? 1 : 0));
  if (kept.length < LEAST_CALLS || !values.includes(1)) return undefined;
  const times = timesOf(columns, first, kept);
  return { measure: 'share', values, times, everywhere: NOTHING };
}

const NOTHING = new Float64Array();

function latenciesOf(
  columns: Columns,
  first: number,
  rows: Int32Array,
  surroundings?: Surroundings,
): CutSeries {
  const answered = rowsWhere(rows, (row) => !Number.isNaN(columns.latency[first + row]));
  const times = timesOf(columns, first, answered);
  const everywhere = mapped(times, (time) => surroundings?.at(time) ?? 0);
  const values = mapped(answered, (row) =>
    Math.log((columns.latency[first + row] as number) + NEGLIGIBLE_MS),
  );
  for (let i = 0; i < values.length; i++)
    values[i] = (values[i] as number) - (everywhere[i] as number);
  return { measure: 'latency', values, times, everywhere };
}

function surroundingsOf(reading: Reading, served: RowsBy): Surroundings {
  const places = Array.from({ length: served.groups }, (_, group): Deviations => {
    const { values, times } = latenciesOf(reading.columns, reading.first, served.rows(group));
    const usual = values.length === 0 ? 0 : median(values);
    return { times, values: values.map((value) => value - usual) };
  });
  return new Surroundings(places, reading, LOWER_QUARTILE);
}

function timesOf({ ts }: Columns, first: number, rows: Int32Array): Float64Array {
  return mapped(rows, (row) => ts[first + row] as number);
}
