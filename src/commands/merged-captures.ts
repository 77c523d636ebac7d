import type { Batch, Capture, CaptureProblem, Observation, Talk } from '../calls/observation.ts';
import { mergeSorted } from '../sources/sort-merge.ts';

/** Several captures as one, in order of time: each is in order itself. */
export function mergedCaptures(captures: readonly Capture[]): Capture {
  const [only, ...more] = captures;
  if (only && more.length === 0) return only;
  const problems: CaptureProblem[] = [];
  const talks: Talk[] = [];
  return { batches: inOrder(captures, problems, talks), problems, talks };
}

async function* inOrder(
  captures: readonly Capture[],
  problems: CaptureProblem[],
  talks: Talk[],
): AsyncGenerator<Batch> {
  const open = captures.map(({ batches }) => batches[Symbol.asyncIterator]());
  try {
    yield* mergeSorted(open, (a, b) => timeOf(a) - timeOf(b));
    problems.push(...captures.flatMap((capture) => capture.problems));
    talks.push(...captures.flatMap((capture) => capture.talks ?? []));
  } finally {
    await Promise.allSettled(open.map((iterator) => iterator.return?.()));
  }
}

/** What can't be read has no time: it is told at once. */
function timeOf(observation: Observation): number {
  return observation.kind === 'call' ? observation.call.ts : Number.NEGATIVE_INFINITY;
}
