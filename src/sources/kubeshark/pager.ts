import { byCodeUnit } from '../../support/json.ts';
import type { Progress } from '../../support/progress.ts';
import type { CallPages, Query, RawCall } from './call-page.ts';
import { Ledger } from './ledger.ts';
import type { Window } from './options.ts';
import { PagesAhead } from './pages-ahead.ts';
import { Planner } from './planner.ts';

/** Bytes of pages that are under way or wait for their turn, about. */
const MOST_AHEAD = 64 * 1024 * 1024;

/**
 * Reads every call of a window once, in time order, however few calls the Hub lists at once. While one
 * page is taken the next ones are under way: as many as `parallel`, and as fit in `mostAhead` bytes.
 */
export class Pager {
  readonly ledger = new Ledger();
  readonly #pages: CallPages;
  readonly #parallel: number;
  readonly #progress: Progress;
  readonly #mostAhead: number;
  /** What the Hub says of the whole window in the end; undefined when its totals don't tell. */
  announced: number | undefined;

  constructor(
    pages: CallPages,
    parallel: number,
    progress: Progress,
    mostAhead: number = MOST_AHEAD,
  ) {
    this.#pages = pages;
    this.#parallel = parallel;
    this.#progress = progress;
    this.#mostAhead = mostAhead;
  }

  /** Throws HubFailure when the Hub is gone; anything less goes into the ledger. */
  async *read(window: Window, kfl: readonly string[]): AsyncGenerator<RawCall> {
    const whole = { ...window, kfl };
    const counts = await this.#countsMatches(whole);
    const expected = counts ? await this.#pages.agreedCount(whole) : undefined;
    const planner = new Planner(this.#pages, this.ledger, counts);
    const order = new TimeOrder();
    const room = { segments: this.#parallel, bytes: this.#mostAhead };
    const ahead = new PagesAhead(planner, this.#pages.cost, room, { ...whole, expected });
    try {
      for (let taken = await ahead.take(); taken; taken = await ahead.take()) {
        this.ledger.repeat(taken.repeats);
        for (const call of order.merge(taken.calls, ahead.nextStart)) {
          this.ledger.add(1);
          yield call;
        }
        this.#progress.step('calls read', this.ledger.read, expected);
      }
    } finally {
      await ahead.close();
    }
    if (expected !== undefined) {
      this.announced = Math.max(expected, await this.#pages.agreedCount(whole));
    }
  }

  /** Whether `total` counts what matches, by two answers, since one may be a stale one. */
  async #countsMatches(whole: Query): Promise<boolean> {
    for (let time = 0; time < 2; time++) {
      const { truncated, total, calls } = await this.#pages.page(whole, 1);
      if (truncated && total <= calls.length) return false;
    }
    return true;
  }
}

/** Stamps may be rounded across the edge of a window: the last millisecond waits for the next. */
class TimeOrder {
  #held: RawCall[] = [];
  #seen = new Map<string, number>();

  merge(calls: readonly RawCall[], next: number | undefined): RawCall[] {
    const edge = (next ?? Number.POSITIVE_INFINITY) - 1;
    const fresh = calls.filter(({ key, ts }) => {
      if (this.#seen.has(key)) return false;
      this.#seen.set(key, ts);
      return true;
    });
    const all = [...this.#held, ...fresh].sort(byTime);
    this.#held = all.filter(({ ts }) => ts >= edge);
    this.#seen = new Map([...this.#seen].filter(([, ts]) => !(ts < edge - 1)));
    return all.filter(({ ts }) => !(ts >= edge));
  }
}

function byTime(a: RawCall, b: RawCall): number {
  return a.ts - b.ts || byCodeUnit(a.key, b.key);
}
