import type { Capture, CaptureProblem, Observation } from '../calls/observation.ts';

/** Several captures as one, in order of time: each is in order itself. */
export function mergedCaptures(captures: readonly Capture[]): Capture {
  const [only, ...more] = captures;
  if (only && more.length === 0) return only;
  const problems: CaptureProblem[] = [];
  return { observations: inOrder(captures, problems), problems };
}

async function* inOrder(
  captures: readonly Capture[],
  problems: CaptureProblem[],
): AsyncGenerator<Observation> {
  const open = captures.map(({ observations }) => observations[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(open.map((iterator) => iterator.next()));
    for (;;) {
      let first = -1;
      for (const [i, head] of heads.entries()) {
        if (!head.done && (first < 0 || timeOf(head.value) < timeOf(heads[first]?.value)))
          first = i;
      }
      if (first < 0) break;
      yield heads[first]?.value as Observation;
      heads[first] = (await open[first]?.next()) as IteratorResult<Observation>;
    }
    problems.push(...captures.flatMap((capture) => capture.problems));
  } finally {
    await Promise.allSettled(open.map((iterator) => iterator.return?.()));
  }
}

/** What can't be read has no time: it is told at once. */
function timeOf(observation: Observation | undefined): number {
  return observation?.kind === 'call' ? observation.call.ts : Number.NEGATIVE_INFINITY;
}
