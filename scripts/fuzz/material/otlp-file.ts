import type { CaptureProblem } from '../../../src/calls/observation.ts';
import type { Defects } from '../../../src/sources/ndjson-records.ts';
import { recordsOfSpans } from '../../../src/sources/otlp/records-of-spans.ts';
import type { Spans } from '../../../src/sources/otlp/spans-of-message.ts';
import { cutsAlike } from './record-file.ts';

type Reader = (chunks: AsyncIterable<Uint8Array>, defects: Defects) => AsyncGenerator<Spans>;

/** Reads a file of traces whole and cut, and throws where that differs. */
export function readsAlike(bytes: Buffer, reader: Reader): Promise<void> {
  return cutsAlike(bytes, async (chunks, defects) => {
    const problems: CaptureProblem[] = [];
    const records: string[] = [];
    for await (const batch of recordsOfSpans(reader(chunks, defects), problems)) {
      records.push(...batch);
    }
    return { records, problems };
  });
}
