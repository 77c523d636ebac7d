import { CaptureError } from '../support/errors.ts';
import { captureProblems } from '../verdict/capture-health.ts';
import { captureWindows } from './capture-profile.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import { writeProfile } from './write-profile.ts';

/** Captures from Kubeshark and stores what was seen as the baseline, windows apart. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const windows = await captureWindows(inputs, io);
  for (const [i, { capture }] of windows.entries()) {
    const problems = captureProblems(capture);
    if (capture.calls === 0) {
      const which = windows.length > 1 ? ` in window ${i + 1} of ${windows.length}` : '';
      throw new CaptureError(`a baseline needs calls${which}: ${problems[0]?.message}`, {
        hint: 'check --namespace, --workload and --kfl, and that traffic flowed in the window',
      });
    }
    for (const { message } of problems) io.progress.warn(message);
  }
  return writeProfile(windows, inputs, io);
}
