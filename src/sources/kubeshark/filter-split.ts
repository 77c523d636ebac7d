import type { CallPages, Page } from './call-page.ts';
import type { Segment } from './segment.ts';
import { countedParts } from './segment-counts.ts';
import { splitFilters } from './split-filter.ts';

const mostFilters = 6;

/** Divides calls of one millisecond beyond a page: tells them apart by what else differs. */
export class FilterSplit {
  readonly #pages: CallPages;
  readonly #counts: boolean;

  constructor(pages: CallPages, counts: boolean) {
    this.#pages = pages;
    this.#counts = counts;
  }

  /**
   * Two smaller segments that together hold at least what `page` showed, or nothing when no filter
   * divides it. A filter that the Hub does not understand matches nothing on either side.
   */
  async divide(segment: Segment, page: Page): Promise<Segment[] | undefined> {
    for (const filter of splitFilters(page.calls).slice(0, mostFilters)) {
      const sides = [filter, `!(${filter})`].map((side) => ({
        start: segment.start,
        end: segment.end,
        expected: undefined,
        kfl: [...segment.kfl, side],
      }));
      const parts = this.#counts
        ? await this.#byCount(sides, Math.max(segment.expected ?? 0, page.total))
        : await this.#bySample(sides, page);
      if (parts) return parts;
    }
    return undefined;
  }

  async #byCount(sides: readonly Segment[], whole: number): Promise<Segment[] | undefined> {
    const parts = await countedParts(this.#pages, sides, whole, 2);
    const smaller = parts.every(({ expected }) => expected < whole);
    const complete = parts.reduce((sum, { expected }) => sum + expected, 0) >= whole;
    return smaller && complete ? parts : undefined;
  }

  /** Without totals: what the page showed must be found again, unless a side is cut as well. */
  async #bySample(sides: readonly Segment[], page: Page): Promise<Segment[] | undefined> {
    const limit = Math.max(1, page.calls.length + page.repeats);
    const samples = await Promise.all(sides.map((side) => this.#pages.page(side, limit)));
    if (samples.some(({ calls }) => calls.length === 0)) return undefined;
    const found = new Set(samples.flatMap(({ calls }) => calls.map(({ key }) => key)));
    const cut = samples.some(({ calls, truncated }) => truncated || calls.length >= limit);
    const complete = cut || page.calls.every(({ key }) => found.has(key));
    return complete ? sides.map((side) => ({ ...side, expected: undefined })) : undefined;
  }
}
