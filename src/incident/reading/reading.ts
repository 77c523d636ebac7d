import type { CaptureProblem } from '../../calls/observation.ts';
import type { Stretch } from '../traffic.ts';
import type { Columns } from './columns.ts';
import type { KeptRun } from './kept-calls.ts';

/** One capture as it was read: its calls as columns, some of them whole. */
export interface Reading {
  readonly columns: Columns;
  /** Rows of `columns` that belong to it, `first ≤ row < last`: a part of a capture is a reading as well. */
  readonly first: number;
  readonly last: number;
  /** Unix ms, both ends included. */
  readonly start: number;
  readonly end: number;
  /** In order of time; rows are those of `columns`. */
  readonly kept: readonly KeptRun[];
  readonly problems: readonly CaptureProblem[];
  readonly badRecords: number;
  readonly duplicates: number;
}

/** The part of a reading with `from ≤ ts < to` (Unix ms). */
export function partOf(reading: Reading, { from, to }: Stretch): Reading {
  const { ts } = reading.columns;
  const first = lowerBound(ts, from, reading.first, reading.last);
  const last = lowerBound(ts, to, first, reading.last);
  const kept = reading.kept.flatMap((run): KeptRun[] => {
    if (run.from >= to || run.to <= from) return [];
    const begin = run.rows.findIndex((row) => row >= first);
    const behind = run.rows.findIndex((row) => row >= last);
    if (begin < 0) return [];
    const end = behind < 0 ? run.rows.length : behind;
    return [
      {
        from: Math.max(run.from, from),
        to: Math.min(run.to, to),
        rows: run.rows.slice(begin, end),
        calls: run.calls.slice(begin, end),
      },
    ];
  });
  const start = Math.max(reading.start, from);
  const end = Math.min(reading.end, to - 1);
  return { ...reading, first, last, kept, start, end };
}

/** The first row of `first…last` whose value is not below `value`; `last` where there is none. */
export function lowerBound(
  values: Float64Array,
  value: number,
  first: number,
  last: number,
): number {
  let low = first;
  let high = last;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
