import type { Page, RawCall } from './call-page.ts';
import type { Segment } from './segment.ts';

const agreeing = 2;

/** One segment's pages, until they hold what was announced of it and what was seen of it before. */
export class Reading {
  readonly #segment: Segment;
  readonly #seen = new Map<string, RawCall>();
  readonly #counts: boolean;
  #announced: number;
  #pages = 0;
  /** Pages in a row that added nothing. */
  #agreed = 0;
  repeats = 0;

  /** `counts`: whether the Hub's totals say what matches. */
  constructor(segment: Segment, counts: boolean) {
    this.#segment = segment;
    this.#counts = counts;
    this.#announced = segment.expected ?? 0;
  }

  get calls(): readonly RawCall[] {
    return [...this.#seen.values()];
  }

  /** Calls announced or seen before that no page listed. */
  get missing(): number {
    const unseen = (this.#segment.witnessed ?? []).filter(({ key }) => !this.#seen.has(key)).length;
    return Math.max(unseen, this.#announced - this.#seen.size);
  }

  /** Takes a page that is not truncated; true when nothing more is to be asked. */
  add(page: Page): boolean {
    this.#pages += 1;
    const before = this.#seen.size;
    for (const call of page.calls) if (!this.#seen.has(call.key)) this.#seen.set(call.key, call);
    this.#agreed = this.#seen.size === before && this.#pages > 1 ? this.#agreed + 1 : 0;
    this.repeats = page.repeats;
    const announced = Math.max(this.#announced, page.total);
    const enough = this.#seen.size >= announced && (this.#sure(page) || this.#agreed >= agreeing);
    this.#announced = page.total;
    return enough && this.missing === 0;
  }

  /**
   * Without totals a stale answer can't be told from the right one where windows are empty, meet
   * in a millisecond or differ by filter only: there more pages have to agree.
   */
  #sure({ calls }: Page): boolean {
    const { start, end } = this.#segment;
    if (this.#counts) return true;
    return calls.length > 0 && end > start && calls.every(({ ts }) => ts >= start && ts <= end);
  }
}
