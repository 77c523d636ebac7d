import type { Observation } from '../calls/observation.ts';
import { byTime } from '../calls/order.ts';
import { parseLine } from './record.ts';
import { type Near, type Placed, Placer } from './record-place.ts';
import { RunSorter, type Sorting } from './sort-runs.ts';

/** Calls go to disk as they came, bad records as their place and reason behind a mark. */
const RECORDS: Sorting<Placed> = {
  compare: byTime,
  size: ({ text }) => text.length + 64,
  write: ({ ts, id, text, observation }) =>
    observation.kind === 'call' ? text : `!${JSON.stringify([ts, id, observation.reason])}`,
  read: entryOf,
};

/**
 * Records (undefined: one that was too long) in order of time, then id. Sorts in memory what fits
 * there, more by merging sorted runs on disk.
 */
export async function* sorted(
  records: AsyncIterable<readonly (string | undefined)[]>,
  maxHeld?: number,
  near?: Near,
): AsyncGenerator<readonly Observation[]> {
  const sorter = new RunSorter(RECORDS, maxHeld);
  const place = new Placer(near);
  try {
    for await (const batch of records) {
      await sorter.add(batch.map((text) => place.next(text)).filter((one) => one !== undefined));
    }
    for await (const batch of sorter.inOrder()) yield batch.map(({ observation }) => observation);
  } finally {
    await sorter.close();
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
