import type { Batch, Capture, CaptureProblem, Observation } from '../calls/observation.ts';

/** Several captures as one, in order of time: each is in order itself. */
export function mergedCaptures(captures: readonly Capture[]): Capture {
  const [only, ...more] = captures;
  if (only && more.length === 0) return only;
  const problems: CaptureProblem[] = [];
  return { batches: inOrder(captures, problems), problems };
}

async function* inOrder(
  captures: readonly Capture[],
  problems: CaptureProblem[],
): AsyncGenerator<Batch> {
  const heads = captures.map(({ batches }) => new Head(batches));
  try {
    await Promise.all(heads.map((head) => head.fill()));
    for (let open = standing(heads); open.length > 0; open = standing(heads)) {
      const merged: Observation[] = [];
      // What one of them holds may be behind what another one has still to read.
      while (open.every((head) => head.next !== undefined)) merged.push(firstOf(open).take());
      yield merged;
      await Promise.all(open.map((head) => head.fill()));
    }
    problems.push(...captures.flatMap((capture) => capture.problems));
  } finally {
    await Promise.allSettled(heads.map((head) => head.close()));
  }
}

function standing(heads: readonly Head[]): readonly Head[] {
  return heads.filter((head) => head.next !== undefined);
}

/** The one whose next is the earliest, of equal ones the first. */
function firstOf(heads: readonly Head[]): Head {
  return heads.reduce((first, head) => (timeOf(head.next) < timeOf(first.next) ? head : first));
}

/** Where a capture is read: the next of a batch, undefined at its end until it is filled again. */
class Head {
  readonly #batches: AsyncIterator<Batch>;
  #batch: Batch = [];
  #at = 0;

  constructor(batches: AsyncIterable<Batch>) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  get next(): Observation | undefined {
    return this.#batch[this.#at];
  }

  take(): Observation {
    return this.#batch[this.#at++] as Observation;
  }

  async fill(): Promise<void> {
    while (this.next === undefined) {
      const { value, done } = await this.#batches.next();
      if (done) return;
      this.#batch = value;
      this.#at = 0;
    }
  }

  async close(): Promise<void> {
    await this.#batches.return?.();
  }
}

/** What can't be read has no time: it is told at once. */
function timeOf(observation: Observation | undefined): number {
  return observation?.kind === 'call' ? observation.call.ts : Number.NEGATIVE_INFINITY;
}
