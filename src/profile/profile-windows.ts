import type { Capture } from '../calls/observation.ts';
import type { Profile } from './profile.ts';
import { Profiler, type ProfilerOptions, SHARD_MARGIN_MS } from './profiler.ts';

/** Both ends belong to it, Unix ms. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * One profile for each span of a capture, none for what lies between them. Calls near a span are
 * read for their neighbourhood, so what a span's calls caused is found beyond its end.
 */
export async function profileWindows(
  capture: Capture,
  spans: readonly Span[],
  options: Omit<ProfilerOptions, 'owns'> = {},
): Promise<Profile[]> {
  const windows = spans.map(({ start, end }) => ({
    span: { start, end },
    from: start - SHARD_MARGIN_MS,
    to: end + SHARD_MARGIN_MS,
    profiler: new Profiler({ ...options, owns: (ts) => ts >= start && ts <= end }),
  }));
  for await (const batch of capture.batches) {
    for (const observation of batch) {
      const ts = observation.kind === 'call' ? observation.call.ts : undefined;
      for (const { from, to, profiler } of windows) {
        if (ts === undefined || (ts >= from && ts <= to)) profiler.push(observation);
      }
    }
  }
  return windows.map(({ span, profiler }) => {
    const profile = profiler.finish();
    profile.capture.windows.add(span);
    for (const problem of capture.problems) profile.capture.addProblem(problem);
    if (capture.source) profile.capture.sources.add(capture.source);
    return profile;
  });
}
