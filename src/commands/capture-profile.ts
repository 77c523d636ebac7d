import type { Profile } from '../profile/profile.ts';
import { type ProfilerOptions, profileCapture } from '../profile/profiler.ts';
import { openKubeshark } from '../sources/kubeshark/index.ts';
import { savingCalls } from './call-writer.ts';
import { windowOf } from './capture-window.ts';
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
    let window = inputs.run === undefined ? windowOf(inputs, Date.now()) : undefined;
    await session.preflight(window);
    if (inputs.run !== undefined) {
      await session.prepare();
      const start = Date.now();
      await runScenario(inputs.run, io);
      window = { start, end: Date.now() };
    }
    const { observations, problems } = session.capture(window);
    const saved =
      inputs.saveCalls === undefined ? observations : savingCalls(observations, inputs.saveCalls);
    return await profileCapture({ observations: saved, problems }, options);
  } finally {
    await session.close();
  }
}
