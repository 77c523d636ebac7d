import type { Call } from '../../calls/call.ts';
import type { Stretch } from '../traffic.ts';

/** Calls are kept or not by slices of this length, ms. */
export const SLICE_MS = 4_000;

interface Slice {
  readonly rows: number[];
  readonly calls: Call[];
  bytes: number;
}

/**
 * Whole calls of evenly spread slices of time, as many as fit: once they don't, every second of the
 * slices kept is let go. Which are kept depends on the calls alone, not on how they came.
 */
export class KeptCalls {
  readonly #slices = new Map<number, Slice>();
  readonly #mostCalls: number;
  readonly #mostBytes: number;
  #stride = 1;
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
    if (index % this.#stride !== 0) return;
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

  /** Runs of neighbouring slices, in order of time. */
  runs(): KeptRun[] {
    const runs: KeptRun[] = [];
    let last: (KeptRun & { to: number }) | undefined;
    for (const [index, { rows, calls }] of [...this.#slices].sort(([a], [b]) => a - b)) {
      const from = index * SLICE_MS;
      if (last && last.to === from) {
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
    this.#stride *= 2;
    for (const [index, slice] of this.#slices) {
      if (index % this.#stride === 0) continue;
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
