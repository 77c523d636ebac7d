import type { Observation } from '../calls/observation.ts';
import { byTime } from '../calls/order.ts';
import { parseLine } from './record.ts';
import { type Near, type Placed, Placer } from './record-place.ts';
import { mergeSorted } from './sort-merge.ts';
import { Spill } from './sort-spill.ts';

/** Up to this many characters of records are sorted in memory. */
const MAX_HELD = 16 * 1024 * 1024;

/**
 * Records (undefined: one that was too long) in order of time, then id. Sorts in memory what fits
 * there, more by merging sorted runs on disk.
 */
export async function* sorted(
  records: AsyncIterable<readonly (string | undefined)[]>,
  maxHeld = MAX_HELD,
  near?: Near,
): AsyncGenerator<readonly Observation[]> {
  let spill: Spill | undefined;
  try {
    let held: Placed[] = [];
    let length = 0;
    const place = new Placer(near);
    for await (const batch of records) {
      for (const text of batch) {
        const placed = place.next(text);
        if (!placed) continue;
        held.push(placed);
        length += placed.text.length + 64;
      }
      if (length < maxHeld) continue;
      spill ??= await Spill.create();
      await spill.write(lines(held.sort(byTime)));
      held = [];
      length = 0;
    }
    held.sort(byTime);
    yield* spill ? merged(spill, held) : [held.map(({ observation }) => observation)];
  } finally {
    await spill?.close();
  }
}

/** Calls go to disk as they came, bad records as their place and reason behind a mark. */
function* lines(entries: readonly Placed[]): Generator<string> {
  for (const { ts, id, text, observation } of entries) {
    yield observation.kind === 'call' ? text : `!${JSON.stringify([ts, id, observation.reason])}`;
  }
}

function entryOf(line: string): Placed {
  if (line.startsWith('!')) {
    const [ts, id, reason] = JSON.parse(line.slice(1)) as [number | null, string, string];
    const at = ts ?? Number.NEGATIVE_INFINITY;
    return { ts: at, id, text: line, observation: { kind: 'bad', reason, ts: at } };
  }
  const observation = parseLine(line);
  if (observation.kind !== 'call') throw new RangeError('a sorted call has changed on disk');
  return { ts: observation.call.ts, id: observation.call.id, text: line, observation };
}

const BATCH = 1_000;

async function* merged(spill: Spill, held: readonly Placed[]): AsyncGenerator<Observation[]> {
  const streams = [...spill.runs().map(entries), ofArray(held)];
  let batch: Observation[] = [];
  for await (const { observation } of mergeSorted(streams, byTime)) {
    batch.push(observation);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

async function* entries(run: AsyncIterable<string>): AsyncGenerator<Placed> {
  for await (const line of run) yield entryOf(line);
}

async function* ofArray<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
