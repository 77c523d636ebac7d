import { UsageError } from '../support/errors.ts';
import { exists } from '../support/exists.ts';
import { CallSample } from './call-sample.ts';
import type { CommandIO, Outcome } from './command.ts';
import { type FoundWindows, findBaseline, isStore, withinAge } from './find-baseline.ts';
import { judgeProfiles } from './judge-profiles.ts';
import { loadProfile, loadWindows } from './load-profile.ts';
import type { Inputs } from './options.ts';
import { profiling } from './profiling.ts';
import { reportMissing } from './report-missing.ts';

/** Compares captures or profiles offline: the last with the windows of all before it. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const bases = inputs.captures.slice(0, -1);
  const cand = inputs.captures.at(-1);
  if (bases.length === 0 || cand === undefined) {
    throw new UsageError(`compare takes two captures or more, not ${inputs.captures.length}`, {
      hint: 'wireproof compare BASE… CAND',
    });
  }
  const sample = new CallSample();
  const options = { ...profiling(inputs), oneCapture: true };
  const mayBeMissing = inputs.missingBaseline !== undefined;
  const found: FoundWindows[] = [];
  for (const place of bases) {
    found.push(
      isStore(place) || (mayBeMissing && !(await exists(place)))
        ? await findBaseline(place, inputs, io)
        : { place, ...(await loadWindows(place, io, options)) },
    );
  }
  const candidate = await loadProfile(cand, io, { ...options, onCall: sample.add });
  const now = candidate.capture.start ?? 0;
  const { windows, source, missing } = withinAge(found, inputs.maxAge, now, io);
  if (missing !== undefined) return reportMissing(missing, inputs, io);
  return judgeProfiles(windows, candidate, sample, inputs, io, source);
}
