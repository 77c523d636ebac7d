import type { Profile } from '../profile/profile.ts';
import { type ProfilerOptions, profileCapture } from '../profile/profiler.ts';
import { type KubesharkSession, openKubeshark } from '../sources/kubeshark/index.ts';
import { savingCalls } from './call-writer.ts';
import { type Window, windowOf } from './capture-window.ts';
import type { CommandIO } from './command.ts';
import type { Inputs } from './options.ts';
import { runScenario } from './scenario.ts';

/**
 * Captures from Kubeshark, while `--run` drives the scenario or over the window asked for, and
 * profiles what was seen. Throws CaptureError when nothing trustworthy can be captured.
 */
export async function captureProfile(
  inputs: Inputs,
  io: CommandIO,
  options: ProfilerOptions = {},
): Promise<Profile> {
  const session = await openKubeshark(
    {
      command: inputs.kubesharkCommand,
      url: inputs.kubesharkUrl,
      token: inputs.kubesharkToken,
      namespace: inputs.namespace,
      workload: inputs.workload,
      kfl: inputs.kfl,
      route: inputs.route,
    },
    io.progress,
    io.signal,
  );
  try {
    const window = await captureWindow(session, inputs, io);
    const { observations, problems } = session.capture(window);
    const saved =
      inputs.saveCalls === undefined ? observations : savingCalls(observations, inputs.saveCalls);
    return await profileCapture({ observations: saved, problems, window }, options);
  } finally {
    await session.close();
  }
}

/** The window asked for; or, with `--run`, the time that the scenario took. */
async function captureWindow(
  session: KubesharkSession,
  inputs: Inputs,
  io: CommandIO,
): Promise<Window> {
  if (inputs.run === undefined) {
    const window = windowOf(inputs, Date.now());
    await session.preflight(window);
    return window;
  }
  await session.prepare();
  const start = Date.now();
  await runScenario(inputs.run, io);
  return { start, end: Date.now() };
}
