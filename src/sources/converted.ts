import type { Batch, Capture, CaptureProblem } from '../calls/observation.ts';
import { problemsOf } from './ndjson.ts';
import { bytesOfFile, Tolerant } from './ndjson-bytes.ts';
import type { Defects } from './ndjson-records.ts';
import { sorted } from './sort.ts';

/** What another format's reader makes of a file: records as `parseLine` takes them, in any order. */
export type Convert = (
  chunks: AsyncIterable<Uint8Array>,
  defects: Defects,
  problems: CaptureProblem[],
) => AsyncIterable<readonly (string | undefined)[]>;

/** The calls of a file of another format (plain, gzip or zstd), in time order. */
export function readConverted(path: string, convert: Convert): Capture {
  const problems: CaptureProblem[] = [];
  return { batches: observe(path, convert, problems), problems };
}

async function* observe(
  path: string,
  convert: Convert,
  problems: CaptureProblem[],
): AsyncGenerator<Batch> {
  const input = new Tolerant(bytesOfFile(path));
  const defects: Defects = { cut: false, truncated: false };
  yield* sorted(convert(input.chunks(), defects, problems));
  problems.push(...problemsOf(path, defects, input.defect));
}
