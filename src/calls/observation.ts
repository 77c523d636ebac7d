import type { Call } from './call.ts';

/** What a source yields, in time order: a call, or a record that could not be read (counted, never fatal). */
export type Observation =
  | { readonly kind: 'call'; readonly call: Call }
  | {
      readonly kind: 'bad';
      readonly reason: string;
      /** Where it stands in time, Unix ms, if its source knows: any part of a capture puts it there too. */
      readonly ts?: number;
    };

/** Something that makes a capture less than whole. Each one keeps a verdict from being PASS. */
export interface CaptureProblem {
  readonly code:
    | 'no-calls'
    | 'incomplete'
    | 'dissection-off'
    | 'outside-boundaries'
    | 'undissected-flows'
    | 'bad-records'
    | 'bodies-unknown'
    | 'hole'
    | 'node-blind'
    | 'clock-skew'
    | 'clock-set'
    | 'other-source'
    | 'spans-lost';
  /** Plain text, with the numbers and the remedy. */
  readonly message: string;
}

/** What a capture was read from: each kind names ends its own way, and shows what others don't. */
export type SourceKind = 'calls' | 'har' | 'packets' | 'traces';

/** What came at once: to wait for each call by itself would cost as much as reading it. */
export type Batch = readonly Observation[];

/** Connections of two workloads of which nobody could read a call: encrypted, or of no known protocol. */
export interface Talk {
  /** Named as those of a call are. */
  readonly ends: Call;
  readonly connections: number;
  /** Packets with bytes. */
  readonly packets: number;
}

/** A capture under way: `problems` and `talks` are complete once `batches` has ended. */
export interface Capture {
  /** The time asked for, where there was one; Unix ms, both ends included. */
  readonly window?: { readonly start: number; readonly end: number };
  /** What is seen, in order of time throughout; a batch may be empty. */
  readonly batches: AsyncIterable<Batch>;
  readonly problems: readonly CaptureProblem[];
  readonly talks?: readonly Talk[];
  /** Where that is known. */
  readonly source?: SourceKind;
}

/** What a capture sees, one by one: for who has few calls to look at. */
export async function* observationsOf({
  batches,
}: Pick<Capture, 'batches'>): AsyncGenerator<Observation> {
  for await (const batch of batches) yield* batch;
}
