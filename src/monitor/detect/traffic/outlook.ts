import {
  negativeBinomialLower,
  negativeBinomialUpper,
} from '../../../compare/stats/negative-binomial.ts';
import type { Situation } from '../../detector.ts';
import type { Quietness } from '../../learned/level.ts';
import { DAY_MS, HOUR_MS } from '../../slot.ts';
import { isHealthCheck } from '../health-check.ts';
import { expectedRates, type Rate } from './expected.ts';
import { type Feeds, feedsOf } from './feeds.ts';
import type { RateMemory } from './rate-memory.ts';
import { nameOf, type Rated, ratedOf, tally } from './tally.ts';

/** How near an hour's end the next hour counts too, as after its beginning the one before. */
const BOUNDARY_MS = 900_000;

/** Cells from which on what is uneven within an hour evens out. */
const EVENS_OUT = 6;

/** Times what is usual, either way, and chance: beyond both a slot is no usual one. */
const FAR = 2;
const FAR_CHANCE = 1e-3;

/** Calls of the last cells against what is usual at this hour. */
export interface Seen {
  readonly calls: number;
  readonly expected: number;
  /** Of so few, and of so many, calls. */
  readonly fewer: number;
  readonly more: number;
}

/** What every rate was, is and should be when a slot is judged. */
export class Outlook {
  readonly rates: ReadonlyMap<string, Rate>;
  /** Usual edges between workloads, in code-unit order. */
  readonly edges: readonly Edge[];
  /** Workloads that were called within a day, not by probes alone: later, nobody misses what doesn't come. */
  readonly missed: ReadonlySet<string>;
  readonly #feeds: Feeds;
  readonly #memory: RateMemory;
  readonly #situation: Situation<unknown>;
  readonly #own = new Map<string, number>();

  constructor(situation: Situation<unknown>, memory: RateMemory) {
    const { view, normal } = situation;
    this.#situation = situation;
    this.#memory = memory;
    const operations = new Set([...memory.operations(), ...view.operations.keys()]);
    this.rates = expectedRates(normal, operations, view.slot.start, (name) => {
      const rated = ratedOf(name);
      // What is made is measured by what is handled, over the same hours.
      const of =
        rated.kind === 'made' ? nameOf({ kind: 'workload', workload: rated.caller }) : name;
      return (hour) => memory.waiting.wasEvent(of, hour, view.slot);
    });
    this.edges = edgesOf(this.rates);
    this.#feeds = feedsOf(this.rates.keys());
    this.missed = missedOf(this.rates, situation);
    for (const measure of view.operations.values()) {
      tally(measure, (name, calls) => this.#own.set(name, (this.#own.get(name) ?? 0) + calls));
    }
  }

  /** Calls in the slot itself. */
  own(rated: Rated): number {
    return this.#own.get(nameOf(rated)) ?? 0;
  }

  /** Calls usual in a slot. */
  usual(rated: Rated): number {
    return ((this.rates.get(nameOf(rated))?.anHour ?? 0) * this.#interval()) / HOUR_MS;
  }

  /** Of the last `cells` cells; one is the slot itself. */
  seen(rated: Rated, cells: number): Seen | undefined {
    const name = nameOf(rated);
    const rate = this.rates.get(name);
    if (rate === undefined) return undefined;
    const calls = this.calls(rated, cells);
    const expected = (rate.anHour * this.span(cells)) / HOUR_MS;
    const variation = this.#variation(rated, rate, cells);
    return {
      calls,
      expected,
      // Long sums where there are many calls, and seldom asked for.
      get fewer() {
        return negativeBinomialLower(calls, expected, variation);
      },
      get more() {
        return negativeBinomialUpper(calls, expected, variation);
      },
    };
  }

  /**
   * Probability of as few calls in the last `cells` cells where only `share` (0…1) of the usual ones are
   * made, and that varies so much more, squared.
   */
  fewer(rated: Rated, cells: number, share: number, more = 0): number {
    const rate = this.rates.get(nameOf(rated));
    const seen = this.seen(rated, cells);
    if (rate === undefined || seen === undefined) return 1;
    const variation = this.#variation(rated, rate, cells) + more;
    return negativeBinomialLower(seen.calls, share * seen.expected, variation);
  }

  /** Whether the slot itself, or the last 15 minutes, are far from what is usual. */
  isFar(rated: Rated): boolean {
    return [1, 3].some((cells) => {
      const seen = this.seen(rated, cells);
      if (seen === undefined) return false;
      const { calls, expected } = seen;
      return (
        (calls * FAR <= expected && seen.fewer < FAR_CHANCE) ||
        (calls >= FAR * expected && seen.more < FAR_CHANCE)
      );
    });
  }

  /** Squared coefficient of variation of the cells within the hours around this one. */
  unevenness(rated: Rated): number {
    const shapes = this.#memory.shapes.around(nameOf(rated), this.hour());
    return Math.max(0, ...shapes.map((shape) => shape.variation));
  }

  /** How quiet it is of late at a workload, as at others. */
  quietness(workload: string): Quietness {
    return this.#memory.levels.of(workload);
  }

  /** Slots from a moment (Unix ms) to this one. */
  cellsSince(start: number): number {
    return Math.round((this.#situation.view.slot.start - start) / this.#interval()) + 1;
  }

  calls(rated: Rated, cells: number): number {
    if (cells === 1) return this.own(rated);
    const { slot } = this.#situation.view;
    return this.#memory.cells.sums(nameOf(rated), slot, cells, [this.own(rated)])[0] ?? 0;
  }

  /** Start of the first of the last `cells` cells from which on each has such calls, as times the usual ones; Unix ms. */
  since(rated: Rated, cells: number, fits: (times: number) => boolean): number {
    const { slot } = this.#situation.view;
    const usual = (this.usual(rated) * this.span(cells)) / cells / this.#interval();
    const before = this.#memory.cells
      .last(nameOf(rated), slot, cells)
      .filter(({ start }) => start < slot.start);
    let since = slot.start;
    for (const { start, numbers } of before.toReversed()) {
      if (!fits((numbers[0] ?? 0) / usual)) break;
      since = start;
    }
    return since;
  }

  /** Times what a caller usually handles in the last 15 minutes; undefined where hardly anything is. */
  handled(caller: string): number | undefined {
    let [calls, expected] = [0, 0];
    for (const rated of this.work(caller)) {
      calls += this.calls(rated, 3);
      expected += (this.usual(rated) * this.span(3)) / this.#interval();
    }
    return expected < 5 ? undefined : calls / expected;
  }

  /** What a caller makes calls for: what it serves, its pods maybe under another name, and what is published for it. */
  work(caller: string): readonly Rated[] {
    const { servesAs } = this.#situation.view;
    const server = { kind: 'workload', workload: servesAs?.get(caller) ?? caller } as const;
    return [server, ...this.published(caller)];
  }

  /** What is published to topics that a caller takes from. */
  published(caller: string): readonly (Rated & { readonly workload: string })[] {
    return this.#feeds.published.get(caller) ?? [];
  }

  /** Whether a caller takes from a workload what was published: it asks, whether there is anything or not. */
  takesFrom(caller: string, workload: string): boolean {
    return this.#feeds.brokers.get(caller)?.has(workload) ?? false;
  }

  /** Time of the last `cells` cells that was captured whole, ms; one is the slot itself. */
  span(cells: number): number {
    if (cells === 1) return this.#interval();
    return this.#memory.observed(this.#situation.view.slot, cells);
  }

  /** Cells with the most and the least calls of the hours around this one, calls. */
  extremes(rated: Rated): { readonly high: number; readonly low: number } | undefined {
    const shapes = this.#memory.shapes.around(nameOf(rated), this.hour());
    if (shapes.length === 0) return undefined;
    return {
      high: Math.max(...shapes.map(({ high }) => high)),
      low: Math.min(...shapes.map(({ low }) => low)),
    };
  }

  /** Whether the hour next to now is one in which calls may end or not have begun. */
  nearQuietHour(rated: Rated): boolean {
    const into = this.#situation.view.slot.start % HOUR_MS;
    const near =
      into < 2 * BOUNDARY_MS
        ? this.hour() - 1
        : into >= HOUR_MS - BOUNDARY_MS
          ? this.hour() + 1
          : undefined;
    return near !== undefined && this.#memory.shapes.get(nameOf(rated), near)?.low === 0;
  }

  /** Whether an operation was missed a day ago already, and had no call since: nobody misses it any more. */
  isGivenUp(what: Operation): boolean {
    const { normal, view } = this.#situation;
    const { last } = normal.operation(what.operation) ?? {};
    const before = view.slot.start - DAY_MS;
    if (last === undefined || last >= before) return false;
    return this.#memory.waiting.hadEvent(nameOf(what), last, before);
  }

  /** Hours of the day with calls. */
  busyHours(rated: Rated): number {
    return this.#memory.shapes.busyHours(nameOf(rated));
  }

  /** Callers that are usual at a workload, in code-unit order. */
  callersOf(workload: string): string[] {
    return this.edges.flatMap((edge) => (edge.workload === workload ? [edge.caller] : []));
  }

  hour(): number {
    return Math.floor(this.#situation.view.slot.start / HOUR_MS) % 24;
  }

  /** Of so many cells together: in many, full and empty ones even out, if not as independent ones would. */
  #variation(rated: Rated, { variation }: Rate, cells: number): number {
    return variation + this.unevenness(rated) / (cells < EVENS_OUT ? 1 : Math.sqrt(cells));
  }

  #interval(): number {
    const { slot } = this.#situation.view;
    return slot.end - slot.start + 1;
  }
}

function missedOf(
  rates: ReadonlyMap<string, Rate>,
  { view, normal }: Situation<unknown>,
): ReadonlySet<string> {
  const missed = new Set<string>();
  for (const name of rates.keys()) {
    const rated = ratedOf(name);
    if (rated.kind !== 'operation' || isHealthCheck(rated.operation)) continue;
    const last = normal.operation(rated.operation)?.last ?? 0;
    if (last >= view.slot.start - DAY_MS) missed.add(rated.workload);
  }
  return missed;
}

export type Edge = Extract<Rated, { kind: 'edge' }>;
export type Operation = Extract<Rated, { kind: 'operation' }>;

function edgesOf(rates: ReadonlyMap<string, Rate>): readonly Edge[] {
  return [...rates.keys()].sort().flatMap((name) => {
    const [kind, workload, caller] = JSON.parse(name) as [string, string, string];
    return kind === 'e' ? [{ kind: 'edge' as const, workload, caller }] : [];
  });
}
