import type { Readable } from 'node:stream';
import type { Capture, CaptureProblem, Observation } from '../calls/observation.ts';
import { ReorderBuffer } from '../calls/order.ts';
import { CaptureError } from '../support/errors.ts';
import { bytesOfFile, bytesOfStream, empty, isRereadable, Tolerant } from './ndjson-bytes.ts';
import { EndlessError } from './ndjson-lines.ts';
import { isInOrder } from './ndjson-order.ts';
import { type Defects, recordsOf } from './ndjson-records.ts';
import { type Placed, Placer } from './record-place.ts';
import { sorted } from './sort.ts';

/**
 * A capture in a file of calls, one a line (plain, gzip or zstd), a JSON array of them, or a saved
 * answer; `-` reads `stdin`. Gives them in time order: a file out of order is sorted first, and what
 * can't be read twice always. Iterating throws CaptureError for what can't be read at all.
 */
export function readNdjson(path: string, stdin: Readable = process.stdin): Capture {
  const problems: CaptureProblem[] = [];
  return { observations: observe(path, stdin, problems), problems };
}

async function* observe(
  path: string,
  stdin: Readable,
  problems: CaptureProblem[],
): AsyncGenerator<Observation> {
  const name = path === '-' ? 'stdin' : path;
  const bytes = () => (path === '-' ? bytesOfStream(stdin, name) : bytesOfFile(path));
  const rereadable = path !== '-' && (await isRereadable(path));
  const input = new Tolerant(bytes());
  const defects: Defects = { cut: false, truncated: false };
  let count = 0;
  try {
    const inOrder = rereadable && (await isInOrder(new Tolerant(bytes()).chunks()));
    const records = recordsOf(input.chunks(), defects);
    for await (const batch of inOrder ? reordered(records) : sorted(records)) {
      count += batch.length;
      yield* batch;
    }
  } catch (error) {
    throw error instanceof EndlessError ? unending(name, error) : error;
  }
  if (count === 0 && input.defect === undefined) throw empty(name);
  problems.push(...problemsOf(name, defects, input.defect));
}

async function* reordered(
  records: AsyncIterable<readonly (string | undefined)[]>,
): AsyncGenerator<readonly Observation[]> {
  const buffer = new ReorderBuffer<Placed>();
  const place = new Placer();
  for await (const batch of records) {
    const out: Observation[] = [];
    for (const text of batch) {
      for (const { observation } of buffer.push(place.next(text))) out.push(observation);
    }
    yield out;
  }
  yield buffer.flush().map(({ observation }) => observation);
}

function unending(name: string, cause: EndlessError): CaptureError {
  return new CaptureError(`cannot read ${name}: ${cause.message}`, {
    hint: 'a capture holds one call a line; check what wrote it',
    cause,
  });
}

function problemsOf(name: string, defects: Defects, defect: string | undefined): CaptureProblem[] {
  const reasons: string[] = [];
  if (defect !== undefined) reasons.push(`its compressed data is damaged or cut (${defect})`);
  else if (defects.cut) reasons.push('it ends inside a record');
  if (defects.truncated) reasons.push('it is an answer that says itself that it was truncated');
  return reasons.map((reason) => ({
    code: 'incomplete',
    message: `${name} is not whole: ${reason}; what could be read was read, write it anew`,
  }));
}
