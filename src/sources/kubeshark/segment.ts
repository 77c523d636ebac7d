import type { Query, RawCall } from './call-page.ts';

/** A part of the capture that one page should hold, and what the Hub said about it. */
export interface Segment extends Query {
  /** Calls that the Hub announced; undefined where it doesn't say. */
  readonly expected: number | undefined;
  /** Calls that a wider, truncated page showed within this segment: they must be listed again. */
  readonly witnessed?: readonly RawCall[];
}

/** What became of a segment: its calls, or smaller segments in its place. */
export type Resolved =
  | { readonly kind: 'calls'; readonly calls: readonly RawCall[]; readonly repeats: number }
  | { readonly kind: 'parts'; readonly parts: readonly Segment[] };
