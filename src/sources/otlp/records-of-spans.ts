import type { CaptureProblem } from '../../calls/observation.ts';
import { callRecord } from './call-record.ts';
import { PeerNames } from './peer-names.ts';
import { CaptureEnd } from './span-gaps.ts';
import { SpanTree } from './span-tree.ts';
import type { Spans } from './spans-of-message.ts';
import { callsOfTrace } from './trace-calls.ts';
import { Traces } from './traces.ts';

/** As a record that can't be read: counted as such. */
const DAMAGED = 'no span';

/**
 * Spans in any order as records of the calls that they show. Traces are put together first, on disk
 * where they are many. `problems` gets what keeps them from being all of the traffic.
 */
export async function* recordsOfSpans(
  batches: AsyncIterable<Spans>,
  problems: CaptureProblem[],
): AsyncGenerator<readonly string[]> {
  const traces = new Traces();
  try {
    let bad = 0;
    for await (const batch of batches) {
      const spans = batch.filter((span) => span !== undefined);
      bad += batch.length - spans.length;
      await traces.add(spans);
    }
    yield* recordsOfTraces(traces, problems);
    for (let left = bad; left > 0; left -= BATCH) {
      yield Array.from({ length: Math.min(left, BATCH) }, () => DAMAGED);
    }
  } finally {
    await traces.close();
  }
}

const BATCH = 1_000;

/** The records of traces that are put together, and what is missing of them. */
export async function* recordsOfTraces(
  traces: Traces,
  problems: CaptureProblem[],
): AsyncGenerator<readonly string[]> {
  const peers = new PeerNames();
  const end = new CaptureEnd();
  for await (const trace of traces.each()) {
    peers.learn(new SpanTree(trace));
    end.note(trace);
  }
  let all = 0;
  let sampled = 0;
  for await (const trace of traces.each()) {
    all += trace.length;
    for (const span of trace) if (span.sampled) sampled++;
    yield callsOfTrace(new SpanTree(trace), end).map((call) =>
      JSON.stringify(callRecord(call, peers)),
    );
  }
  if (sampled > 0) {
    const message =
      `${sampled} of ${all} spans stand for others that a sampler let go: the calls are not all of ` +
      'the traffic; let the sampler keep all traces (OTEL_TRACES_SAMPLER=always_on) while it is captured';
    problems.push({ code: 'incomplete', message });
  }
  if (traces.parted > 0) {
    const message =
      'a trace has more spans than can be put together: causes across its parts are not seen; let ' +
      'each request have a trace of its own';
    problems.push({ code: 'incomplete', message });
  }
}
