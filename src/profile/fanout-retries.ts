import { isRecord } from '../support/json.ts';
import type { ChildCall } from './fanout-child.ts';
import { mayBeRetried } from './fanout-failure.ts';
import { type Json, wholeNumber } from './fanout-json.ts';
import { Sketch } from './sketch.ts';

/** Spacing is kept apart for so many attempts; later ones count with the last. */
const ATTEMPTS = 4;

/** Calls made again because the same call had failed just before, and the time between. */
export class Retries {
  #calls = 0;
  #handled = 0;
  readonly #spacing: readonly Sketch[] = Array.from({ length: ATTEMPTS }, () => new Sketch());

  /** Calls that were retries. */
  get calls(): number {
    return this.#calls;
  }

  /** Handled calls with at least one retry. */
  get handled(): number {
    return this.#handled;
  }

  /** From a failed attempt's end to the next one's start (ms): first retry, second, … */
  get spacing(): readonly Sketch[] {
    return this.#spacing;
  }

  /** `attempts`: the calls of one handled call to one target, in order of start. */
  observe(attempts: readonly ChildCall[]): void {
    let inARow = 0;
    let any = false;
    for (let i = 1; i < attempts.length; i++) {
      const { call: before } = attempts[i - 1] as ChildCall;
      const { call } = attempts[i] as ChildCall;
      const ended = before.ts + (before.latency ?? 0);
      if (!mayBeRetried(before) || call.ts + 1 < ended) {
        inARow = 0;
        continue;
      }
      this.#calls++;
      any = true;
      this.#spacing[Math.min(inARow, ATTEMPTS - 1)]?.add(Math.max(0, call.ts - ended));
      inARow++;
    }
    if (any) this.#handled++;
  }

  merge(other: Retries): void {
    this.#calls += other.#calls;
    this.#handled += other.#handled;
    for (const [i, sketch] of other.#spacing.entries()) this.#spacing[i]?.merge(sketch);
  }

  /** Null without retries. */
  toJSON(): Json {
    if (this.#calls === 0) return null;
    return {
      calls: this.#calls,
      handled: this.#handled,
      spacing: this.#spacing.map((sketch) => sketch.toJSON()),
    };
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Retries {
    const retries = new Retries();
    if (json === null) return retries;
    if (!isRecord(json) || !Array.isArray(json.spacing)) throw new RangeError('not retries');
    retries.#calls = wholeNumber(json.calls);
    retries.#handled = wholeNumber(json.handled);
    if (json.spacing.length !== ATTEMPTS) throw new RangeError('not retries');
    for (const [i, sketch] of json.spacing.entries()) {
      retries.#spacing[i]?.merge(Sketch.fromJSON(sketch));
    }
    return retries;
  }
}
