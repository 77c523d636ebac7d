import type { Readable } from 'node:stream';
import type { Batch, Capture, CaptureProblem } from '../calls/observation.ts';
import { problemsOf } from './ndjson.ts';
import { bytesOfFile, bytesOfStream, inputName, Tolerant } from './ndjson-bytes.ts';
import type { Defects } from './ndjson-records.ts';
import { sorted } from './sort.ts';

/** What another format's reader makes of a file: records as `parseLine` takes them, in any order. */
export type Convert = (
  chunks: AsyncIterable<Uint8Array>,
  defects: Defects,
  problems: CaptureProblem[],
) => AsyncIterable<readonly (string | undefined)[]>;

/** The calls of a file of another format (plain, gzip or zstd), in time order; of stdin and pipes `stream` has all. */
export function readConverted(path: string, convert: Convert, stream?: Readable): Capture {
  const problems: CaptureProblem[] = [];
  return { batches: observe(path, convert, problems, stream), problems };
}

async function* observe(
  path: string,
  convert: Convert,
  problems: CaptureProblem[],
  stream: Readable | undefined,
): AsyncGenerator<Batch> {
  const name = inputName(path);
  const input = new Tolerant(stream ? bytesOfStream(stream, name) : bytesOfFile(path));
  const defects: Defects = { cut: false, truncated: false };
  yield* sorted(convert(input.chunks(), defects, problems));
  problems.push(...problemsOf(name, defects, input.defect));
}
