/** Latencies spread to callers, so that more than half of the places may suffer from one fault. */
export const LOWER_QUARTILE = 0.25;
/** A millisecond more or less is nothing: each duration counts as so much longer. */
export const NEGLIGIBLE_MS = 1;
/** How much of what is slower everywhere may hit one place more than another. */
export const UNEVEN = 0.7;
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
 * By how much (logarithm) everything is slower at a moment, whoever serves: a quantile over the places
 * of their mean deviations in that second. The lower quartile is not moved by a fault that three
 * quarters of them suffer from, the median neither by what makes some slower nor by what makes some
 * faster. 0 with fewer than five places.
 */
export class Surroundings {
  readonly #cells: Float64Array;
  readonly #start: number;

  constructor(
    places: readonly Deviations[],
    { start, end }: { readonly start: number; readonly end: number },
    quantile: number,
  ) {
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
      means.length < LEAST_PLACES ? 0 : quantileOf(means, quantile),
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

function quantileOf(values: number[], quantile: number): number {
  values.sort((a, b) => a - b);
  return values[Math.round((values.length - 1) * quantile)] as number;
}
