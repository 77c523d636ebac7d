import type { Profile } from '../profile/profile.ts';
import type { Store } from '../store/store.ts';
import { CaptureError, UsageError } from '../support/errors.ts';
import { captureProblems } from '../verdict/capture-health.ts';
import { openPlace } from './baseline-store.ts';
import { captureWindows } from './capture-profile.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import { writeBaseline } from './write-baseline.ts';

/** Captures from Kubeshark and stores what was seen as the baseline, windows apart. */
export async function run(inputs: Inputs, io: CommandIO): Promise<Outcome> {
  const store = await storeOf(inputs, io);
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
  return writeBaseline(
    inputs.rolling === undefined ? windows : whole(windows, io),
    store,
    inputs,
    io,
  );
}

/** Where the baseline goes, opened before anything is captured; undefined for stdout. */
async function storeOf({ output, rolling }: Inputs, io: CommandIO): Promise<Store | undefined> {
  if (output !== undefined && output !== '-') return openPlace(output, io);
  if (rolling === undefined) return undefined;
  throw new UsageError('--rolling needs a place that holds the windows before: -o PLACE', {
    hint: 'wireproof baseline --rolling 5 -o baseline.json.zst',
  });
}

/** A rolling baseline must not remember for long what was seen by halves. */
function whole(windows: readonly Profile[], io: CommandIO): readonly Profile[] {
  const good = windows.filter(({ capture }) => captureProblems(capture).length === 0);
  if (good.length > 0) {
    const left = windows.length - good.length;
    if (left > 0)
      io.progress.warn(`${left} of ${windows.length} windows are not whole: not stored`);
    return good;
  }
  const [problem] = windows.flatMap(({ capture }) => captureProblems(capture));
  throw new CaptureError(`a rolling baseline takes whole windows only: ${problem?.message}`, {
    hint: 'capture again; without --rolling the baseline is stored all the same',
  });
}
