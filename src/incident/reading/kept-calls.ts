import type { Call } from '../../calls/call.ts';
import type { Stretch } from '../traffic.ts';

/** Calls are kept or not by slices of this length, ms. */
export const SLICE_MS = 500;
/** Slices that stand together where not all are kept: what a call causes mostly lies near it. */
const TOGETHER = 8;
/** Fewer groups of them than this may lie on one side of the onset alone: then each is cut short instead. */
const LEAST_GROUPS = 6;

interface Slice {
  readonly rows: number[];
  readonly calls: Call[];
  bytes: number;
}

/**
 * Whole calls of evenly spread groups of slices, as many as fit: once they don't, every second group is
 * let go, or the second half of each where few groups are left. Which are kept depends on the calls
 * alone, not on how they came.
 */
export class KeptCalls {
  readonly #slices = new Map<number, Slice>();
  #mostCalls: number;
  readonly #mostBytes: number;
  /** Of so many slices the first `#length` are kept. */
  #period = TOGETHER;
  #length = TOGETHER;
  #calls = 0;
  #bytes = 0;

  /** `mostBytes`: of bodies and paths. */
  constructor(mostCalls: number, mostBytes: number) {
    this.#mostCalls = mostCalls;
    this.#mostBytes = mostBytes;
  }

  /** Takes the next call in order of time, of that row. */
  push(call: Call, row: number): void {
    const index = Math.floor(call.ts / SLICE_MS);
    if (index % this.#period >= this.#length) return;
    let slice = this.#slices.get(index);
    if (!slice) {
      slice = { rows: [], calls: [], bytes: 0 };
      this.#slices.set(index, slice);
    }
    const bytes = sizeOf(call);
    slice.rows.push(row);
    slice.calls.push(call);
    slice.bytes += bytes;
    this.#calls++;
    this.#bytes += bytes;
    while (this.#slices.size > 1 && this.#isFull()) this.#thin();
  }

  /** Keeps half as many calls from now on. */
  halve(): void {
    this.#mostCalls /= 2;
  }

  /** Runs of neighbouring slices, in order of time; one in which nothing was called cuts none in two. */
  runs(): KeptRun[] {
    const runs: KeptRun[] = [];
    let last: (KeptRun & { to: number }) | undefined;
    let group = 0;
    for (const [index, { rows, calls }] of [...this.#slices].sort(([a], [b]) => a - b)) {
      const from = index * SLICE_MS;
      const whole = this.#length === this.#period;
      const adjoins = whole || Math.floor(index / this.#period) === group;
      group = Math.floor(index / this.#period);
      if (last && adjoins) {
        last.rows.push(...rows);
        last.calls.push(...calls);
        last.to = from + SLICE_MS;
      } else {
        last = { from, to: from + SLICE_MS, rows: [...rows], calls: [...calls] };
        runs.push(last);
      }
    }
    return runs;
  }

  #isFull(): boolean {
    return this.#calls > this.#mostCalls || this.#bytes > this.#mostBytes;
  }

  #thin(): void {
    const groups = new Set(
      [...this.#slices.keys()].map((index) => Math.floor(index / this.#period)),
    );
    if (groups.size >= LEAST_GROUPS || this.#length === 1) this.#period *= 2;
    else this.#length /= 2;
    for (const [index, slice] of this.#slices) {
      if (index % this.#period < this.#length) continue;
      this.#slices.delete(index);
      this.#calls -= slice.calls.length;
      this.#bytes -= slice.bytes;
    }
  }
}

/** Calls that follow each other without a gap, with their rows. */
export interface KeptRun extends Stretch {
  readonly rows: number[];
  readonly calls: Call[];
}

function sizeOf({ path, requestBody, responseBody }: Call): number {
  return path.length + lengthOf(requestBody) + lengthOf(responseBody);
}

function lengthOf(body: Call['requestBody']): number {
  if (body.state === 'absent') return 0;
  return body.state === 'binary' ? body.bytes.length : body.text.length;
}
