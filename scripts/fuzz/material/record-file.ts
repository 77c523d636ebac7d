import type { Defects } from '../../../src/sources/ndjson-records.ts';
import { parseLine } from '../../../src/sources/record.ts';
import { streamed, twoCuts } from './cuts.ts';
import { same } from './same.ts';

type Read = { readonly records: readonly (string | undefined)[] };

/** Reads a file whole and cut, throws where that differs, and reads each record as a call. */
export async function cutsAlike(
  bytes: Buffer,
  read: (chunks: AsyncIterable<Uint8Array>, defects: Defects) => Promise<Read>,
): Promise<void> {
  const reading = async (chunks: readonly Uint8Array[]) => {
    const defects: Defects = { cut: false, truncated: false };
    return { ...(await read(streamed(chunks), defects)), defects };
  };
  const whole = await reading([bytes]);
  for (const chunks of twoCuts(bytes)) {
    same('another cut tells other records', await reading(chunks), whole);
  }
  for (const line of whole.records) if (line !== undefined) parseLine(line);
}

/** The same of a reader that gives the records themselves. */
export function recordsAlike(
  bytes: Buffer,
  reader: (
    chunks: AsyncIterable<Uint8Array>,
    defects: Defects,
  ) => AsyncIterable<readonly (string | undefined)[]>,
): Promise<void> {
  return cutsAlike(bytes, async (chunks, defects) => {
    const records: (string | undefined)[] = [];
    for await (const batch of reader(chunks, defects)) records.push(...batch);
    return { records };
  });
}
