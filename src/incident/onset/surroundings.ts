/** Length (ms) of the cells of time in which it is looked at what is slower everywhere. */
const CELL_MS = 1_000;
/** With fewer places nothing can be said of 'everywhere'. */
const LEAST_PLACES = 5;

/** Log-latencies of a place less what is usual there, in order of time. */
export interface Deviations {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/**
 * By how much (logarithm) everything is slower at a moment, whoever serves: the lower quartile
 * over the places of their mean deviations in that second, so that a fault that three quarters of them
 * suffer from is not taken for the machine's, the network's or the hour's doing. 0 with fewer than five places.
 */
export class Surroundings {
  readonly #cells: Float64Array;
  readonly #start: number;

  constructor(places: readonly Deviations[], { start, end }: { start: number; end: number }) {
    this.#start = start;
    const length = Math.min(MOST_CELLS, Math.floor((end - start) / CELL_MS) + 1);
    const found: number[][] = Array.from({ length }, () => []);
    for (const { times, values } of places) {
      for (let i = 0; i < times.length; ) {
        const cell = this.#cellOf(times[i] as number, length);
        let [sum, n] = [0, 0];
        for (; i < times.length && this.#cellOf(times[i] as number, length) === cell; i++, n++)
          sum += values[i] as number;
        found[cell]?.push(sum / n);
      }
    }
    this.#cells = Float64Array.from(found, (means) =>
      means.length < LEAST_PLACES ? 0 : lowerQuartileOf(means),
    );
  }

  at(time: number): number {
    return this.#cells[this.#cellOf(time, this.#cells.length)] ?? 0;
  }

  #cellOf(time: number, length: number): number {
    return Math.max(0, Math.min(length - 1, Math.floor((time - this.#start) / CELL_MS)));
  }
}

/** Two days; what comes later counts with the last. */
const MOST_CELLS = 172_800;

function lowerQuartileOf(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[Math.floor((values.length - 1) / 4)] as number;
}

/** The median; NaN of nothing. */
export function medianOf(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}
