import type { IncidentCase } from '../incident-case.ts';
import { pick } from '../rows.ts';
import type { Traffic } from '../traffic.ts';
import type { Measured } from './measured.ts';
import type { PlaceRows } from './places.ts';
import type { Segment } from './segment.ts';
import { type Counts, volumeModel } from './volume-model.ts';

/** Length of a cell of time, ms, and how many there are at most: longer times have longer cells. */
const CELL_MS = 1_000;
const MOST_CELLS = 4_000;
/** With fewer known-good calls, or cells of them, a volume is not known. */
const LEAST_GOOD = 10;
const LEAST_CELLS = 5;
/** Cells in which nothing at all was seen are a gap of the capture where so much usually is. */
const USUALLY = 20;

/** Calls a second of each place. */
export function* volumes(
  { good, bad }: IncidentCase,
  places: readonly PlaceRows[],
): Generator<Measured | undefined> {
  const length = Math.max(CELL_MS, Math.ceil((bad.end - bad.start + 1) / MOST_CELLS));
  const goodCells = new Cells(good, length);
  const badCells = new Cells(bad, length);
  for (const { place, good: goodRows, bad: rows } of places) {
    if (goodRows.length < LEAST_GOOD || goodCells.size < LEAST_CELLS || badCells.size === 0) {
      yield undefined;
      continue;
    }
    const before = goodCells.count(pick(good.ts, goodRows));
    const times = pick(bad.ts, rows);
    const after = badCells.count(times);
    const second = 1_000 / length;
    const within = ({ from, to }: Segment) => {
      const begin = after.times[from] as number;
      const end = (after.times[to - 1] as number) + length;
      return rows.filter((_, i) => (times[i] as number) >= begin && (times[i] as number) < end);
    };
    yield {
      place,
      measure: 'volume',
      model: volumeModel(before, after),
      before: (goodRows.length / before.counts.length) * second,
      samples: goodRows.length,
      after: (segment) => (within(segment).length / (segment.to - segment.from)) * second,
      samplesIn: (segment) => within(segment).length,
      rows: within,
    };
  }
}

/** Equally long cells over a side's time, without those in which the capture saw nothing. */
class Cells {
  readonly #start: number;
  readonly #length: number;
  /** Number of each cell among those kept; −1 for gaps. */
  readonly #kept: Int32Array;
  readonly size: number;

  constructor({ ts, start, end, size }: Traffic, length: number) {
    this.#start = start;
    this.#length = length;
    // The last cell is left out where it isn't whole.
    const cells = size === 0 ? 0 : Math.floor((end - start + 1) / length);
    const all = new Float64Array(cells);
    for (const time of ts) {
      const cell = this.#cellOf(time);
      if (cell < cells) all[cell] = (all[cell] as number) + 1;
    }
    const usual = all.toSorted()[Math.floor(cells / 2)] ?? 0;
    let kept = 0;
    this.#kept = Int32Array.from(all, (count) => (count === 0 && usual >= USUALLY ? -1 : kept++));
    this.size = kept;
  }

  count(times: Float64Array): Counts {
    const counts = new Float64Array(this.size);
    const starts = new Float64Array(this.size);
    for (const [cell, at] of this.#kept.entries())
      if (at >= 0) starts[at] = this.#start + cell * this.#length;
    for (const time of times) {
      const at = this.#kept[this.#cellOf(time)] ?? -1;
      if (at >= 0) counts[at] = (counts[at] as number) + 1;
    }
    return { counts, times: starts };
  }

  #cellOf(time: number): number {
    return Math.floor((time - this.#start) / this.#length);
  }
}
