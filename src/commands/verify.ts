import { scopeOf } from '../store/fits.ts';
import { UsageError } from '../support/errors.ts';
import { CallSample } from './call-sample.ts';
import { captureProfile } from './capture-profile.ts';
import type { Window } from './capture-window.ts';
import type { CommandIO, Outcome } from './command.ts';
import { findBaseline, withinAge } from './find-baseline.ts';
import { judgeProfiles } from './judge-profiles.ts';
import type { Inputs } from './options.ts';
import { reportMissing } from './report-missing.ts';
import { watch } from './watch.ts';
import { withPackets } from './with-packets.ts';

/** Captures from Kubeshark again, compares with the stored baseline and judges. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  if (inputs.baseline === undefined) {
    throw new UsageError('verify needs --baseline PLACE', {
      hint: 'write one first: wireproof baseline -o baseline.json',
    });
  }
  const found = await findBaseline(inputs.baseline, inputs, io, scopeOf(inputs));
  const now = inputs.end ?? inputs.start ?? Date.now();
  const { windows, source, missing } = withinAge([found], inputs.maxAge, now, io);
  if (missing !== undefined) return reportMissing(missing, inputs, io);
  if (inputs.watch) {
    const watched = await watch(windows, inputs, io, undefined, source);
    return withPackets(watched, undefined, inputs, io);
  }
  const sample = new CallSample();
  let span: Window | undefined;
  const candidate = await captureProfile(inputs, io, {
    onCall: sample.add,
    onSpan: (window) => {
      span = window;
    },
  });
  const outcome = await judgeProfiles(windows, candidate, sample, inputs, io, source);
  return withPackets(outcome, span, inputs, io);
}
