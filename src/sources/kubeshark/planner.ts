import type { CallPages, Page, RawCall } from './call-page.ts';
import { FilterSplit } from './filter-split.ts';
import { HubFailure } from './hub-failure.ts';
import type { Ledger } from './ledger.ts';
import { Reading } from './reading.ts';
import type { Resolved, Segment } from './segment.ts';
import { countedParts } from './segment-counts.ts';
import { splitTime } from './split-time.ts';

const askAgain = 3;
const mostPages = 6;
const mostParts = 16;
/** Lost segments in a row that mean the Hub itself is gone. */
const mostLost = 3;
/** A page of large calls is asked for in parts of about so many bytes. */
const mostBytes = 16 * 1024 * 1024;
/** Room in a page for calls that arrive between the count and the page. */
const fill = 0.7;

/**
 * Turns segments into calls: reads those that fit in a page, cuts the others by time and, within
 * one millisecond, by filters, until nothing is truncated. Wherever the Hub announces totals, the
 * parts must add up to the whole.
 */
export class Planner {
  readonly #pages: CallPages;
  readonly #ledger: Ledger;
  /** Whether `total` counts what matches; otherwise it repeats the length of the page. */
  readonly #counts: boolean;
  readonly #filters: FilterSplit;
  /** What the Hub lists at once: less than what was asked for, in some versions. */
  #limit = 1000;
  /** A shorter page seen once: it may have been a stale one. */
  #shorter = 0;
  #lost = 0;

  constructor(pages: CallPages, ledger: Ledger, counts: boolean) {
    this.#pages = pages;
    this.#ledger = ledger;
    this.#counts = counts;
    this.#filters = new FilterSplit(pages, counts);
  }

  /** Calls that a page is asked for. */
  get limit(): number {
    return Math.max(1, Math.min(this.#limit, Math.floor(mostBytes / this.#pages.cost.perCall)));
  }

  /** Throws HubFailure when the Hub is gone, not when one segment can't be had. */
  async resolve(segment: Segment): Promise<Resolved> {
    if (segment.expected === 0) return { kind: 'calls', calls: [], repeats: 0 };
    const limit = this.limit;
    if (segment.expected !== undefined && segment.expected > limit * fill) {
      if (segment.end > segment.start) return this.#cut(segment);
      if (segment.expected > this.#limit) {
        return this.#divide(segment, await this.#pages.page(segment, this.#limit));
      }
    }
    return this.#read(segment);
  }

  /** Reads one page, again while it holds less than what was announced or seen before. */
  async #read(segment: Segment): Promise<Resolved> {
    const reading = new Reading(segment, this.#counts);
    for (let time = 0; time < mostPages; time++) {
      const one = segment.end === segment.start;
      const limit = one ? this.#limit : this.limit;
      let page: Page;
      try {
        page = await this.#pages.page(segment, limit);
        this.#lost = 0;
      } catch (error) {
        if (!(error instanceof HubFailure)) throw error;
        return this.#without(segment, reading.calls, error);
      }
      const listed = page.calls.length + page.repeats;
      if (page.truncated && listed < limit && listed !== this.#shorter) {
        this.#shorter = listed;
        continue;
      }
      const strays = page.calls.some(({ ts }) => ts < segment.start || ts > segment.end);
      if (page.truncated && strays && time + 1 < askAgain) continue;
      if (page.truncated || listed >= limit) {
        if (listed < limit) this.#limit = Math.max(1, listed);
        return one ? this.#divide(segment, page) : this.#cut(segment, page);
      }
      if (reading.add(page)) break;
    }
    if (reading.missing > 0) {
      this.#ledger.short(segment, reading.missing, 'the Hub lists fewer calls than it announced');
    }
    return { kind: 'calls', calls: reading.calls, repeats: reading.repeats };
  }

  /** A window that the Hub can't serve in time may still be served in halves. */
  #without(segment: Segment, calls: readonly RawCall[], error: HubFailure): Resolved {
    if (segment.end > segment.start && error.kind === 'timeout') {
      const parts = splitTime(segment, 2);
      return {
        kind: 'parts',
        parts: parts.map((part) => ({ ...segment, ...part, expected: undefined })),
      };
    }
    this.#lost += 1;
    if (!error.passing || this.#lost >= mostLost) throw error;
    const { expected } = segment;
    const missing = expected === undefined ? undefined : expected - calls.length;
    this.#ledger.short(segment, missing, error.message);
    return { kind: 'calls', calls, repeats: 0 };
  }

  async #cut(segment: Segment, page?: Page): Promise<Resolved> {
    const expected = Math.max(segment.expected ?? 0, page?.total ?? 0);
    const wanted = Math.ceil((expected * 2) / (this.limit * fill));
    const cuts = splitTime(segment, Math.min(mostParts, Math.max(2, wanted)));
    const queries = cuts.map((cut) => ({ ...cut, kfl: segment.kfl }));
    if (!this.#counts) {
      const parts = queries.map((query) => ({
        ...query,
        expected: undefined,
        witnessed: (page?.calls ?? []).filter(({ ts }) => ts >= query.start && ts <= query.end),
      }));
      return { kind: 'parts', parts };
    }
    const parts = await countedParts(this.#pages, queries, expected, askAgain);
    const missing = expected - parts.reduce((sum, part) => sum + part.expected, 0);
    if (missing > 0 && (await this.#pages.count(segment)) >= expected) {
      this.#ledger.short(segment, missing, 'its parts add up to less than the whole');
    }
    return { kind: 'parts', parts };
  }

  async #divide(segment: Segment, page: Page): Promise<Resolved> {
    const parts = await this.#filters.divide(segment, page);
    if (parts) return { kind: 'parts', parts };
    const expected = Math.max(segment.expected ?? 0, page.total);
    const missing = expected > page.calls.length ? expected - page.calls.length : undefined;
    this.#ledger.short(segment, missing, 'too many calls in one millisecond for the Hub to list');
    return { kind: 'calls', calls: page.calls, repeats: page.repeats };
  }
}
