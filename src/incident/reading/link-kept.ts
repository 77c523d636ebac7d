import { mergeAll } from '../../profile/merge-all.ts';
import type { Profile } from '../../profile/profile.ts';
import { Profiler } from '../../profile/profiler.ts';
import { NONE, type Stretch, UNKNOWN } from '../traffic.ts';
import type { KeptRun } from './kept-calls.ts';
import type { Reading } from './reading.ts';

/** What began so near to where a run of kept calls begins or ends may belong to calls that were not kept, ms. */
const EDGE_MS = 500;

export interface Linked {
  /** By row of the reading, counted from its first: row of the parent, `NONE` or `UNKNOWN`. */
  readonly parent: Int32Array;
  readonly confidence: Float32Array;
  readonly stretches: readonly Stretch[];
  readonly profile: Profile;
}

/** Links the kept calls of a reading and profiles them: at least three quarters of each run, without its edges. */
export function linkKept(reading: Reading): Linked {
  const size = reading.last - reading.first;
  const parent = new Int32Array(size).fill(UNKNOWN);
  const confidence = new Float32Array(size);
  const profiles: Profile[] = [];
  const stretches: Stretch[] = [];
  for (const run of reading.kept) {
    const stretch = innerOf(run, reading);
    if (stretch.from >= stretch.to) continue;
    const rows = new Map(
      run.calls.map((call, i) => [call.id, (run.rows[i] as number) - reading.first]),
    );
    const profiler = new Profiler({
      mostChains: 1,
      owns: (ts) => ts >= stretch.from && ts < stretch.to,
      onLink: (link) => {
        const child = rows.get(link.call.id);
        if (child === undefined) return;
        parent[child] = link.parent ? (rows.get(link.parent.id) ?? UNKNOWN) : NONE;
        confidence[child] = link.confidence;
      },
    });
    for (const call of run.calls) profiler.push({ kind: 'call', call });
    const profile = profiler.finish();
    profile.capture.windows.add({ start: stretch.from, end: stretch.to - 1 });
    profiles.push(profile);
    stretches.push(stretch);
  }
  return { parent, confidence, stretches, profile: mergeAll(profiles) };
}

/** The run without its edges, but where the capture itself begins or ends. */
function innerOf({ from, to }: KeptRun, { start, end }: Reading): Stretch {
  const edge = Math.min(EDGE_MS, (to - from) / 8);
  return {
    from: from <= start ? start : from + edge,
    to: to > end ? end + 1 : to - edge,
  };
}
