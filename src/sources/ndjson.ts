import type { Readable } from 'node:stream';
import type { Batch, Capture, CaptureProblem, Observation } from '../calls/observation.ts';
import type { StepBack } from '../calls/order.ts';
import { ReorderBuffer } from '../calls/order.ts';
import { CaptureError } from '../support/errors.ts';
import {
  bytesOfFile,
  bytesOfStream,
  empty,
  inputName,
  isRereadable,
  Tolerant,
} from './ndjson-bytes.ts';
import { EndlessError } from './ndjson-lines.ts';
import { isInOrder, OrderWatch } from './ndjson-order.ts';
import { type Defects, recordsOf } from './ndjson-records.ts';
import { type Near, type Placed, Placer } from './record-place.ts';
import { sorted } from './sort.ts';

/** What is known of a file before it is read. */
export interface Known {
  /** Only calls of these times are wanted. */
  readonly near: Near;
  /** Whether its records are in order of time. */
  readonly inOrder: boolean;
}

/** How the order of a file's records is known: by a look over it, or taken for granted. */
export type OrderOf = 'looked-over' | 'assumed';

/** Thrown while a capture is read whose order of time was assumed, and is not so. */
export class OutOfOrderError extends Error {
  readonly step: StepBack;

  constructor(step: StepBack) {
    super('not in order of time');
    this.step = step;
  }
}

/**
 * A capture in a file of calls, one a line (plain, gzip or zstd), a JSON array of them, or a saved
 * answer; of stdin (`-`) and pipes `stream` has all. Gives them in time order: a file out of order is sorted first, and what
 * can't be read twice always. Iterating throws CaptureError for what can't be read at all, and
 * OutOfOrderError where the order was assumed and is another.
 */
export function readNdjson(
  path: string,
  stream?: Readable,
  order: OrderOf = 'looked-over',
): Capture {
  const problems: CaptureProblem[] = [];
  return { batches: observe(path, stream, problems, order), problems };
}

/** The calls of a part of the time; what lies elsewhere is passed over at the cost of reading it. */
export function readNdjsonPart(path: string, known: Known): Capture {
  const problems: CaptureProblem[] = [];
  return { batches: observe(path, undefined, problems, 'looked-over', known), problems };
}

async function* observe(
  path: string,
  stream: Readable | undefined,
  problems: CaptureProblem[],
  order: OrderOf,
  known?: Known,
): AsyncGenerator<Batch> {
  const name = inputName(path);
  const bytes = () => (stream ? bytesOfStream(stream, name) : bytesOfFile(path));
  const rereadable = !known && !stream && (await isRereadable(path));
  const input = new Tolerant(bytes());
  const defects: Defects = { cut: false, truncated: false };
  let count = 0;
  const near = known?.near;
  try {
    const assumed = rereadable && order === 'assumed';
    const inOrder = known
      ? known.inOrder
      : assumed || (rereadable && (await isInOrder(new Tolerant(bytes()).chunks())));
    const records = recordsOf(input.chunks(), defects);
    const watch = assumed ? new OrderWatch() : undefined;
    const batches = inOrder ? reordered(records, near, watch) : sorted(records, near);
    for await (const batch of batches) {
      count += batch.length;
      yield batch;
    }
  } catch (error) {
    throw error instanceof EndlessError ? unending(name, error) : error;
  }
  if (count === 0 && !known && input.defect === undefined) throw empty(name);
  problems.push(...problemsOf(name, defects, input.defect));
}

async function* reordered(
  records: AsyncIterable<readonly (string | undefined)[]>,
  near: Near | undefined,
  watch: OrderWatch | undefined,
): AsyncGenerator<Batch> {
  const buffer = new ReorderBuffer<Omit<Placed, 'text'>>();
  const place = new Placer(near);
  for await (const batch of records) {
    const out: Observation[] = [];
    for (const text of batch) {
      const placed = place.next(text);
      if (!placed) continue;
      const { ts, id, observation } = placed;
      watch?.add(ts);
      if (watch?.stepBack) throw new OutOfOrderError(watch.stepBack);
      for (const released of buffer.push({ ts, id, observation })) out.push(released.observation);
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

/** What makes a file less than whole, by what reading it showed. */
export function problemsOf(
  name: string,
  defects: Defects,
  defect: string | undefined,
): CaptureProblem[] {
  const reasons: string[] = [];
  if (defect !== undefined) reasons.push(`its compressed data is damaged or cut (${defect})`);
  else if (defects.cut) reasons.push('it ends inside a record');
  if (defects.truncated) reasons.push('it is an answer that says itself that it was truncated');
  return reasons.map((reason) => ({
    code: 'incomplete',
    message: `${name} is not whole: ${reason}; what could be read was read, write it anew`,
  }));
}
