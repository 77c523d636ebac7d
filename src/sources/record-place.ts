import type { Observation } from '../calls/observation.ts';
import { grouped } from '../support/quantity.ts';
import { EndlessError } from './ndjson-lines.ts';
import { parseLine } from './record.ts';

/** Records that are read until one is a call. */
const MAX_GARBAGE = 100_000;

/** A record with its place in time. */
export interface Placed {
  readonly ts: number;
  readonly id: string;
  /** On one line; empty when it was too long to keep. */
  readonly text: string;
  readonly observation: Observation;
}

/** Parses records in the order of their source; a bad one stands where the call before it stands. */
export class Placer {
  #last: { readonly ts: number; readonly id: string } = { ts: Number.NEGATIVE_INFINITY, id: '' };

  /** Records before the first call. */
  #garbage = 0;

  /** Throws EndlessError where none of the first 100,000 is a call. Takes the next record's text, undefined when it was too long to keep. */
  next(text: string | undefined): Placed {
    const observation: Observation =
      text === undefined ? { kind: 'bad', reason: 'line longer than 16 MiB' } : parseLine(text);
    if (observation.kind === 'call') {
      this.#last = observation.call;
      this.#garbage = Number.NEGATIVE_INFINITY;
    } else if (++this.#garbage > MAX_GARBAGE) {
      throw new EndlessError(
        `none of its first ${grouped(MAX_GARBAGE)} records is a call (${observation.reason})`,
      );
    }
    return { ts: this.#last.ts, id: this.#last.id, text: text ?? '', observation };
  }
}
