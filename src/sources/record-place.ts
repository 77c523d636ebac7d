import type { Observation } from '../calls/observation.ts';
import { parseLine } from './record.ts';

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

  /** Takes the next record's text, undefined when it was too long to keep. */
  next(text: string | undefined): Placed {
    const observation: Observation =
      text === undefined ? { kind: 'bad', reason: 'line longer than 16 MiB' } : parseLine(text);
    if (observation.kind === 'call') this.#last = observation.call;
    return { ts: this.#last.ts, id: this.#last.id, text: text ?? '', observation };
  }
}
