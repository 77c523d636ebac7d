import type { Observation } from '../calls/observation.ts';
import { grouped } from '../support/quantity.ts';
import { EndlessError } from './ndjson-lines.ts';
import { parseLine } from './record.ts';
import { statedTime } from './record-time.ts';

/** Which times (Unix ms) are wanted: records elsewhere may be left out. */
export type Near = (ts: number) => boolean;

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

const TOO_LONG: Observation = { kind: 'bad', reason: 'line longer than 16 MiB' };

/**
 * Parses records in the order of their source. A bad one stands where its text says, else where the
 * record before it stands: so it has the same place whichever part of a source is read.
 */
export class Placer {
  readonly #near: Near | undefined;
  #last: { readonly ts: number; readonly id: string } = { ts: Number.NEGATIVE_INFINITY, id: '' };
  /** Records before the first call. */
  #garbage = 0;

  /** `near`: what lies elsewhere is not parsed if its text tells. */
  constructor(near?: Near) {
    this.#near = near;
  }

  /**
   * Takes the next record's text, undefined when it was too long to keep; undefined for one that is
   * elsewhere. Throws EndlessError where none of the first 100,000 is a call.
   */
  next(text: string | undefined): Placed | undefined {
    if (this.#near && text !== undefined) {
      const ts = statedTime(text);
      if (ts !== undefined && !this.#near(ts)) {
        this.#last = { ts, id: '' };
        return undefined;
      }
    }
    const observation = text === undefined ? TOO_LONG : parseLine(text);
    if (observation.kind === 'call') this.#garbage = Number.NEGATIVE_INFINITY;
    else if (++this.#garbage > MAX_GARBAGE) {
      throw new EndlessError(
        `none of its first ${grouped(MAX_GARBAGE)} records is a call (${observation.reason})`,
      );
    }
    const { ts, id } = this.#placeOf(observation, text);
    this.#last = { ts, id };
    if (this.#near && !this.#near(ts)) return undefined;
    const placed = observation.kind === 'bad' ? { ...observation, ts } : observation;
    return { ts, id, text: text ?? '', observation: placed };
  }

  #placeOf(observation: Observation, text: string | undefined) {
    if (observation.kind === 'call') return observation.call;
    const ts = text === undefined ? undefined : statedTime(text);
    return ts === undefined ? this.#last : { ts, id: '' };
  }
}
