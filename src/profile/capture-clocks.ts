import type { Call } from '../calls/call.ts';
import type { Json } from '../support/json.ts';
import { KeptNames, MAX_NAME } from './kept-names.ts';
import { count, integer, list, text } from './schema/json-read.ts';

const MAX_PAIRS = 256;
/** Sums are whole numbers of this fraction of a ms, so that their order can't show. */
const PARTS = 10;
/** No pair of calls tells more than this, ms. */
const MOST_MS = 60_000;

interface Pair {
  /** Calls that both nodes saw, and the sum by which the second node's clock was ahead. */
  twice: number;
  ahead: number;
  /** Calls that seem to begin before the call that caused them, on the other node, and by how much. */
  early: number;
  lead: number;
}

/** What calls tell of two nodes' clocks; times in ms. */
export interface ClockPair {
  readonly nodes: readonly [string, string];
  /** Calls that both saw, and by how much the second clock is ahead of the first in the mean. */
  readonly twice: number;
  readonly ahead: number;
  /** Calls that begin before their cause, and by how much in the mean. */
  readonly early: number;
  readonly lead: number;
}

/** How the clocks of pairs of nodes differ, told by the calls that both saw. Mergeable. */
export class Clocks {
  readonly #pairs = new KeptNames<Pair>(MAX_PAIRS, none);

  /** In code-unit order of the nodes. */
  get pairs(): readonly ClockPair[] {
    return this.#pairs.entries().map(([key, { twice, ahead, early, lead }]) => ({
      nodes: JSON.parse(key) as [string, string],
      twice,
      ahead: mean(ahead, twice),
      early,
      lead: mean(lead, early),
    }));
  }

  observe({ node, sightings }: Call): void {
    if (node === undefined) return;
    for (const sighting of sightings ?? []) {
      if (sighting.ahead === undefined) continue;
      const pair = this.#pairs.at(keyOf(node, sighting.node));
      if (!pair) continue;
      pair.twice++;
      pair.ahead += parts(node < sighting.node ? sighting.ahead : -sighting.ahead);
    }
  }

  /** Notes a call that began `lead` ms before the one that caused it, as their nodes tell the time. */
  observeEarly(cause: Call, call: Call, lead: number): void {
    if (cause.node === undefined || call.node === undefined || cause.node === call.node) return;
    const pair = this.#pairs.at(keyOf(cause.node, call.node));
    if (!pair) return;
    pair.early++;
    pair.lead += parts(lead);
  }

  merge(other: Clocks): void {
    for (const [key, theirs] of other.#pairs.entries()) {
      const ours = this.#pairs.at(key);
      if (!ours) continue;
      ours.twice += theirs.twice;
      ours.ahead += theirs.ahead;
      ours.early += theirs.early;
      ours.lead += theirs.lead;
    }
  }

  toJSON(): Json {
    return this.#pairs
      .entries()
      .map(([key, pair]) => [...JSON.parse(key), pair.twice, pair.ahead, pair.early, pair.lead]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Clocks {
    const clocks = new Clocks();
    for (const entry of list(json, MAX_PAIRS)) {
      const [a, b, twice, ahead, early, lead] = list(entry, 6);
      Object.assign(clocks.#pairs.at(keyOf(text(a, MAX_NAME), text(b, MAX_NAME))) ?? none(), {
        twice: count(twice),
        ahead: integer(ahead),
        early: count(early),
        lead: count(lead),
      });
    }
    return clocks;
  }
}

function none(): Pair {
  return { twice: 0, ahead: 0, early: 0, lead: 0 };
}

function keyOf(a: string, b: string): string {
  return JSON.stringify(a < b ? [a, b] : [b, a]);
}

function parts(ms: number): number {
  return Math.round(Math.max(-MOST_MS, Math.min(MOST_MS, ms)) * PARTS);
}

function mean(sum: number, calls: number): number {
  return calls === 0 ? 0 : sum / calls / PARTS;
}
