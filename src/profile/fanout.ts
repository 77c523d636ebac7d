import type { Call } from '../calls/call.ts';
import { sortedEntries } from '../support/json.ts';
import type { ChildCall, PossibleChild } from './fanout-child.ts';
import { statusClass } from './fanout-failure.ts';
import type { Json } from './fanout-json.ts';
import { OutcomeFanout } from './fanout-outcome.ts';
import { type Said, saidIn } from './said.ts';

export type { ChildCall, PossibleChild } from './fanout-child.ts';

/**
 * What handled calls of one operation caused, by class of their own status: rates stay put per
 * outcome where the mix of outcomes moves. Merging gives the same bytes as observing at once.
 */
export class Fanout {
  readonly #outcomes = new Map<string, OutcomeFanout>();

  /** By class of status, in code-unit order. */
  get outcomes(): readonly (readonly [status: string, fanout: OutcomeFanout])[] {
    return sortedEntries(this.#outcomes);
  }

  /**
   * `children`: the calls that `parent` caused, in any order; none is an observation too. `possible`:
   * what it may have caused, with what it did cause among it. `said`: what `parent` says.
   */
  observe(
    parent: Call,
    children: readonly ChildCall[],
    possible: readonly PossibleChild[] = children.map(({ target }) => ({ target, share: 1 })),
    said: Said = saidIn(parent),
  ): void {
    this.#outcome(statusClass(parent)).observe(parent, children, possible, said);
  }

  merge(other: Fanout): void {
    for (const [status, theirs] of other.#outcomes) this.#outcome(status).merge(theirs);
  }

  toJSON(): Json {
    return this.outcomes.map(([status, outcome]) => [status, outcome.toJSON()]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Fanout {
    const fanout = new Fanout();
    if (!Array.isArray(json) || json.length > 16) throw new RangeError('not a fan-out');
    for (const entry of json) {
      if (!Array.isArray(entry) || typeof entry[0] !== 'string') {
        throw new RangeError('not a fan-out');
      }
      fanout.#outcome(entry[0]).merge(OutcomeFanout.fromJSON(entry[1]));
    }
    return fanout;
  }

  #outcome(status: string): OutcomeFanout {
    let outcome = this.#outcomes.get(status);
    if (!outcome) {
      outcome = new OutcomeFanout();
      this.#outcomes.set(status, outcome);
    }
    return outcome;
  }
}
