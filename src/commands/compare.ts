import { UsageError } from '../support/errors.ts';
import { CallSample } from './call-sample.ts';
import type { CommandIO, Outcome } from './command.ts';
import { judgeProfiles } from './judge-profiles.ts';
import { loadProfile } from './load-profile.ts';
import type { Inputs } from './options.ts';

/** Compares two captures or profiles offline. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const [base, cand, ...more] = inputs.captures;
  if (base === undefined || cand === undefined || more.length > 0) {
    throw new UsageError(`compare takes two captures, not ${inputs.captures.length}`, {
      hint: 'wireproof compare BASE CAND',
    });
  }
  const sample = new CallSample();
  const baseline = await loadProfile(base, io, { oneCapture: true });
  const candidate = await loadProfile(cand, io, { onCall: sample.add, oneCapture: true });
  return judgeProfiles(baseline, candidate, sample, inputs, io);
}
