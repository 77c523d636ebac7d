import type { CaptureProblem } from '../../../src/calls/observation.ts';
import type { Defects } from '../../../src/sources/ndjson-records.ts';
import { recordsOfSpans } from '../../../src/sources/otlp/records-of-spans.ts';
import type { Spans } from '../../../src/sources/otlp/spans-of-message.ts';
import { parseLine } from '../../../src/sources/record.ts';
import { streamed, twoCuts } from './cuts.ts';
import { same } from './same.ts';

type Reader = (chunks: AsyncIterable<Uint8Array>, defects: Defects) => AsyncGenerator<Spans>;

/** Reads a file of traces whole and cut, and throws where that differs. */
export async function readsAlike(bytes: Buffer, reader: Reader): Promise<void> {
  const whole = await read([bytes], reader);
  for (const chunks of twoCuts(bytes)) {
    same('another cut tells other records', await read(chunks, reader), whole);
  }
  for (const line of whole.records) parseLine(line);
}

async function read(chunks: readonly Uint8Array[], reader: Reader) {
  const defects: Defects = { cut: false, truncated: false };
  const problems: CaptureProblem[] = [];
  const records: string[] = [];
  const batches = recordsOfSpans(reader(streamed(chunks), defects), problems);
  for await (const batch of batches) records.push(...batch);
  return { records, problems, defects };
}
