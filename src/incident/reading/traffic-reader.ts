import { Deduper } from '../../calls/dedupe.ts';
import { Identity, type IdentityRule } from '../../calls/identity.ts';
import type { Capture, Observation } from '../../calls/observation.ts';
import { Columns } from './columns.ts';
import { KeptCalls } from './kept-calls.ts';
import type { Reading } from './reading.ts';

export interface ReadingOptions {
  readonly identity?: readonly IdentityRule[];
  /** Calls that are kept whole, to be linked: a capture of fewer is linked whole; of many calls, half. */
  readonly mostKept?: number;
  /** Rows; what comes behind is counted and told. */
  readonly mostCalls?: number;
}

/** Linking a call costs ten times what reading it does. */
const MOST_KEPT = 14_000;
/** From so many calls on reading takes its time as well, and half as many are kept. */
const MANY = 60_000;
const MOST_BYTES = 48_000_000;
const MOST_CALLS = 4_000_000;

/**
 * Reads calls in time order, each once, into columns. Memory depends on the number of calls (about 150
 * bytes each), not on what is in them.
 */
export class TrafficReader {
  readonly #columns = new Columns();
  readonly #deduper = new Deduper();
  readonly #identity: Identity;
  readonly #kept: KeptCalls;
  readonly #most: number;
  #bad = 0;
  #left = 0;

  constructor({
    identity = [],
    mostKept = MOST_KEPT,
    mostCalls = MOST_CALLS,
  }: ReadingOptions = {}) {
    this.#identity = new Identity(identity);
    this.#kept = new KeptCalls(mostKept, MOST_BYTES);
    this.#most = mostCalls;
  }

  push(observation: Observation): void {
    if (observation.kind === 'bad') {
      this.#bad++;
      return;
    }
    this.#take(this.#deduper.push(this.#identity.apply(observation.call)));
  }

  /** Ends the capture: of the window that was asked for, else from its first call to its last. */
  finish({ problems, window }: Pick<Capture, 'problems' | 'window'>): Reading {
    this.#take(this.#deduper.flush());
    const { ts, size } = this.#columns;
    return {
      columns: this.#columns,
      first: 0,
      last: size,
      start: window?.start ?? (size === 0 ? 0 : (ts[0] as number)),
      end: window?.end ?? (size === 0 ? 0 : (ts[size - 1] as number)),
      kept: this.#kept.runs(),
      problems: [...problems, ...this.#tooMany()],
      badRecords: this.#bad,
      duplicates: this.#deduper.duplicateTimes().length,
    };
  }

  #take(calls: ReturnType<Deduper['push']>): void {
    for (const call of calls) {
      const row = this.#columns.size;
      if (row >= this.#most) {
        this.#left++;
        continue;
      }
      if (row === MANY) this.#kept.halve();
      this.#columns.push(call);
      this.#kept.push(call, row);
    }
  }

  #tooMany(): Reading['problems'] {
    if (this.#left === 0) return [];
    return [
      {
        code: 'incomplete',
        message: `${this.#left} calls behind the first ${this.#most} were not looked at: give a shorter window or fewer workloads`,
      },
    ];
  }
}

/** Reads a whole capture. */
export async function readTraffic(
  capture: Capture,
  options: ReadingOptions = {},
): Promise<Reading> {
  const reader = new TrafficReader(options);
  for await (const batch of capture.batches) for (const seen of batch) reader.push(seen);
  return reader.finish(capture);
}
