import type { Batch, Observation } from '../calls/observation.ts';
import { byTime } from '../calls/order.ts';
import { parseLine } from './record.ts';
import { type Near, type Placed, Placer } from './record-place.ts';
import { RunSorter, type SortBounds, type Sorting } from './sort-runs.ts';

const BATCH = 500;
const BAD = '!';

/** Calls are kept as they came, bad records as their reason behind a mark. */
const RECORDS: Sorting<Held> = {
  compare: byTime,
  size: ({ line }) => line.length + 64,
  write: written,
  read: readBack,
};

/** What waits for its turn: a call that was parsed takes several times the room of its text. */
interface Held {
  readonly ts: number;
  readonly id: string;
  readonly line: string;
}

/**
 * Records (undefined: one that was too long) in order of time, then id. Sorts in memory what fits
 * there, more by merging sorted runs on disk.
 */
export async function* sorted(
  records: AsyncIterable<readonly (string | undefined)[]>,
  near?: Near,
  bounds?: Partial<SortBounds>,
): AsyncGenerator<Batch> {
  const sorter = new RunSorter(RECORDS, bounds);
  const place = new Placer(near);
  try {
    for await (const batch of records) {
      await sorter.add(batch.flatMap((text) => held(place.next(text))));
    }
    for await (const batch of sorter.inOrder()) {
      for (let at = 0; at < batch.length; at += BATCH) {
        yield batch.slice(at, at + BATCH).map(observationOf);
      }
    }
  } finally {
    await sorter.close();
  }
}

function held(placed: Placed | undefined): Held[] {
  if (!placed) return [];
  const { ts, id, text, observation } = placed;
  return [{ ts, id, line: observation.kind === 'call' ? text : `${BAD}${observation.reason}` }];
}

/** The place stands before the line, so that it is found without parsing that. */
function written({ ts, id, line }: Held): string {
  return `${JSON.stringify([ts, id])}\t${line}`;
}

function readBack(text: string): Held {
  const end = text.indexOf('\t');
  const [ts, id] = JSON.parse(text.slice(0, end)) as [number | null, string];
  return { ts: ts ?? Number.NEGATIVE_INFINITY, id, line: text.slice(end + 1) };
}

function observationOf({ ts, line }: Held): Observation {
  if (line.startsWith(BAD)) return { kind: 'bad', reason: line.slice(BAD.length), ts };
  const observation = parseLine(line);
  if (observation.kind !== 'call') throw new RangeError('a call that was sorted has changed');
  return observation;
}
