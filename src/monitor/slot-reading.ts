import { DEDUPE_REACH_MS } from '../calls/dedupe.ts';
import type { Capture, CaptureProblem } from '../calls/observation.ts';
import type { Detecting, Judged } from './detecting.ts';
import type { OperationNaming } from './measure/operation-naming.ts';
import { type ReadingOptions, SlotReader } from './measure/slot-reader.ts';
import type { Slot } from './slot.ts';
import type { TrafficSource } from './traffic-source.ts';

/** The Hub may begin to hold calls so much after a slot's begin and still have all of it, ms. */
const HEAD_MS = 5_000;
/** Problems by which calls are missing, as against bodies, or flows that nobody could read before either. */
const LOSSES: ReadonlySet<CaptureProblem['code']> = new Set([
  'incomplete',
  'dissection-off',
  'bad-records',
]);

/** From when to when the Hub holds calls, where it says so; Unix ms. */
export type Held = { readonly oldest: number; readonly newest: number } | undefined;

/** What is needed to read a slot. */
export interface Reading {
  readonly source: TrafficSource;
  readonly detecting: Detecting;
  readonly naming: OperationNaming;
  readonly options: Omit<ReadingOptions, 'onCall'>;
  readonly held: Held;
}

export interface ReadSlot extends Judged {
  /** The family of each operation that was served. */
  readonly families: ReadonlyMap<string, string>;
  /** Calls that the Hub counted when the reading began; undefined where it doesn't count. */
  readonly counted: number | undefined;
}

/**
 * Reads the calls of a slot. `recent`: late ones may still come, so they are counted, and flows are
 * looked at. Throws CaptureError.
 */
export async function readSlot(
  slot: Slot,
  { source, detecting, naming, options, held }: Reading,
  recent: boolean,
): Promise<ReadSlot> {
  const counted = recent ? await source.count(slot) : undefined;
  const readings = detecting.read(slot);
  const onCall = (seen: Parameters<Detecting['observe']>[1]) => detecting.observe(readings, seen);
  const reader = new SlotReader(slot, naming, { ...options, onCall });
  const near = { start: slot.start - DEDUPE_REACH_MS, end: slot.end + DEDUPE_REACH_MS };
  // A Hub that holds nothing so new has seen no calls: to ask for them would be an error.
  const empty = held !== undefined && held.newest < slot.start;
  const { batches, problems } = empty ? NOTHING : source.capture(near);
  for await (const batch of batches) for (const seen of batch) reader.push(seen);
  const flows = recent ? await source.flows(slot.end) : undefined;
  const losses = problems.filter(({ code }) => LOSSES.has(code));
  if (held && held.oldest > slot.start + HEAD_MS) losses.push(headless(slot, held.oldest));
  const view = reader.finish({ flows, problems: losses });
  return { view, readings, families: reader.served(), counted };
}

const NOTHING: Capture = { batches: none(), problems: [] };

async function* none(): AsyncGenerator<never> {}

function headless({ start }: Slot, oldest: number): CaptureProblem {
  const seconds = Math.round((oldest - start) / 1000);
  return {
    code: 'outside-boundaries',
    message: `the Hub no longer holds the first ${seconds} s of the interval`,
  };
}
