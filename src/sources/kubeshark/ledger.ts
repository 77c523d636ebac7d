import type { CaptureProblem } from '../../calls/observation.ts';
import { counted } from '../../support/quantity.ts';
import type { Segment } from './segment.ts';

interface Gap {
  readonly start: number;
  readonly missing: number | undefined;
  readonly why: string;
}

/** What was announced against what was read; the gaps between them become a problem. */
export class Ledger {
  #read = 0;
  #repeats = 0;
  readonly #gaps: Gap[] = [];

  /** Calls read, once each. */
  get read(): number {
    return this.#read;
  }

  add(calls: number): void {
    this.#read += calls;
  }

  /** Records that the Hub listed, and counts, more than once. */
  repeat(calls: number): void {
    this.#repeats += calls;
  }

  /** `missing` calls of a segment could not be had; undefined when their number is unknown. */
  short(segment: Segment, missing: number | undefined, why: string): void {
    this.#gaps.push({ start: segment.start, missing, why });
  }

  /**
   * `announced`: what the Hub says the whole window holds, before the first page and after the
   * last, where it tells; then a gap that others filled is none.
   */
  problems(announced: number | undefined): CaptureProblem[] {
    const unread = announced === undefined ? 0 : announced - this.#read - this.#repeats;
    if (unread <= 0 && (announced !== undefined || this.#gaps.length === 0)) return [];
    const known = this.#gaps.reduce((sum, { missing }) => sum + (missing ?? 0), 0);
    const missing = Math.max(unread, known);
    const open = announced === undefined || this.#gaps.some((gap) => gap.missing === undefined);
    const first = this.#gaps.toSorted((a, b) => a.start - b.start)[0];
    const where =
      first === undefined
        ? 'they arrived after their window had been read; ask again later'
        : `${counted(this.#gaps.length, 'gap')}, first at ${new Date(first.start).toISOString()}: ${first.why}`;
    const message =
      missing === 0
        ? `read ${this.#read} calls, and an unknown number is missing (${where})`
        : `read ${this.#read} of ${this.#read + missing} calls announced; ${open ? 'at least ' : ''}${missing} missing (${where})`;
    return [{ code: 'incomplete', message }];
  }
}
