import { UsageError } from '../support/errors.ts';
import { CallSample } from './call-sample.ts';
import { captureProfile } from './capture-profile.ts';
import type { Window } from './capture-window.ts';
import type { CommandIO, Outcome } from './command.ts';
import { judgeProfiles } from './judge-profiles.ts';
import type { Inputs } from './options.ts';
import { readWindows } from './read-profile.ts';
import { watch } from './watch.ts';
import { withPackets } from './with-packets.ts';

/** Captures from Kubeshark again, compares with the stored baseline and judges. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  if (inputs.baseline === undefined) {
    throw new UsageError('verify needs --baseline PROFILE', {
      hint: 'write one first: wireproof baseline -o baseline.json',
    });
  }
  const baseline = await readWindows(inputs.baseline);
  if (inputs.watch) return withPackets(await watch(baseline, inputs, io), undefined, inputs, io);
  const sample = new CallSample();
  let span: Window | undefined;
  const candidate = await captureProfile(inputs, io, {
    onCall: sample.add,
    onSpan: (window) => {
      span = window;
    },
  });
  const outcome = await judgeProfiles(baseline, candidate, sample, inputs, io);
  return withPackets(outcome, span, inputs, io);
}
