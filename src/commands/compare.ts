import type { Profile } from '../profile/profile.ts';
import { UsageError } from '../support/errors.ts';
import { CallSample } from './call-sample.ts';
import type { CommandIO, Outcome } from './command.ts';
import { judgeProfiles } from './judge-profiles.ts';
import { loadProfile, loadWindows } from './load-profile.ts';
import type { Inputs } from './options.ts';

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
  const baseline: Profile[] = [];
  for (const base of bases) baseline.push(...(await loadWindows(base, io, { oneCapture: true })));
  const candidate = await loadProfile(cand, io, { onCall: sample.add, oneCapture: true });
  return judgeProfiles(baseline, candidate, sample, inputs, io);
}
