import { CaptureError } from '../support/errors.ts';
import { captureProblems } from '../verdict/capture-health.ts';
import { captureProfile } from './capture-profile.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import { writeProfile } from './write-profile.ts';

/** Captures from Kubeshark and stores the profile as the baseline. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const profile = await captureProfile(inputs, io);
  if (profile.capture.calls === 0) {
    const [problem] = captureProblems(profile.capture);
    throw new CaptureError(`a baseline needs calls: ${problem?.message}`, {
      hint: 'check --namespace, --workload and --kfl, and that traffic flowed in the window',
    });
  }
  for (const problem of captureProblems(profile.capture)) io.progress.warn(problem.message);
  return writeProfile(profile, inputs, io);
}
