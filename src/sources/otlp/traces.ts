import { byCodeUnit } from '../../support/json.ts';
import { RunSorter, type SortBounds, type Sorting } from '../sort-runs.ts';
import type { Span } from './span.ts';

const PER_ATTRIBUTE = 64;
const PER_SPAN = 300;

/** By trace, then by start. */
const BY_TRACE: Sorting<Span> = {
  compare: (a, b) => byCodeUnit(a.trace, b.trace) || a.start - b.start || byCodeUnit(a.id, b.id),
  size: ({ attributes }) =>
    Object.values(attributes).reduce((sum, value) => sum + PER_ATTRIBUTE + value.length, PER_SPAN),
  write: (span) => JSON.stringify(span),
  read: (line) => JSON.parse(line) as Span,
};

/** Spans of one trace beyond so many are taken for a trace of their own. */
const MAX_SPANS = 200_000;

interface TraceBounds extends Partial<SortBounds> {
  readonly maxSpans?: number;
}

/** Brings the spans of each trace together, whenever and in whatever order they came. */
export class Traces {
  readonly #sorter: RunSorter<Span>;
  readonly #most: number;
  /** Traces too long to be held whole. */
  parted = 0;

  constructor({ maxSpans = MAX_SPANS, ...bounds }: TraceBounds = {}) {
    this.#sorter = new RunSorter(BY_TRACE, bounds);
    this.#most = maxSpans;
  }

  add(spans: readonly Span[]): Promise<void> {
    return this.#sorter.add(spans);
  }

  /** The spans of each trace, in order of start; ends the adding. Can be read again. */
  async *each(): AsyncGenerator<readonly Span[]> {
    this.parted = 0;
    let trace: Span[] = [];
    for await (const batch of this.#sorter.inOrder()) {
      for (const span of batch) {
        const other = trace[0] !== undefined && trace[0].trace !== span.trace;
        if (other || trace.length >= this.#most) {
          if (!other) this.parted++;
          yield trace;
          trace = [];
        }
        trace.push(span);
      }
    }
    if (trace.length > 0) yield trace;
  }

  close(): Promise<void> {
    return this.#sorter.close();
  }
}
