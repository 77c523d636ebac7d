import type { Profile } from '../profile/profile.ts';
import { profileWindows } from '../profile/profile-windows.ts';
import { type ProfilerOptions, profileCapture } from '../profile/profiler.ts';
import { type KubesharkSession, openKubeshark } from '../sources/kubeshark/index.ts';
import { savingCalls } from './call-writer.ts';
import { type Window, windowsOf } from './capture-window.ts';
import type { CommandIO } from './command.ts';
import type { Inputs } from './options.ts';
import { profiling } from './profiling.ts';
import { runScenario } from './scenario.ts';

interface CaptureOptions extends ProfilerOptions {
  /** Told from when to when is captured. */
  readonly onSpan?: (span: Window) => void;
}

/**
 * Captures from Kubeshark, while `--run` drives the scenario or over the window asked for, and
 * profiles what was seen. Throws CaptureError when nothing trustworthy can be captured.
 */
export async function captureProfile(
  inputs: Inputs,
  io: CommandIO,
  options: CaptureOptions = {},
): Promise<Profile> {
  const [profile] = await captureWindows({ ...inputs, windows: 1 }, io, options);
  return profile as Profile;
}

/** The same, `--windows` times one after another: a profile each. */
export async function captureWindows(
  inputs: Inputs,
  io: CommandIO,
  options: CaptureOptions = {},
): Promise<Profile[]> {
  const session = await openSession(inputs, io);
  try {
    const windows = await trafficWindows(session, inputs, io);
    const span = spanOf(windows);
    options.onSpan?.(span);
    const { observations, problems } = session.capture(span);
    const saved =
      inputs.saveCalls === undefined ? observations : savingCalls(observations, inputs.saveCalls);
    const [window, ...more] = windows as [Window, ...Window[]];
    const capture = { observations: saved, problems };
    const all = { ...profiling(inputs), ...options };
    if (more.length === 0) return [await profileCapture({ ...capture, window }, all)];
    return await profileWindows(capture, windows, all);
  } finally {
    await session.close();
  }
}

/** A connection to the Kubeshark that the options name. */
export function openSession(inputs: Inputs, io: CommandIO): Promise<KubesharkSession> {
  return openKubeshark(
    {
      command: inputs.kubesharkCommand,
      url: inputs.kubesharkUrl,
      token: inputs.kubesharkToken,
      namespace: inputs.namespace,
      workload: inputs.workload,
      kfl: inputs.kfl,
      route: inputs.route,
      snapshot: inputs.snapshot,
    },
    io.progress,
    io.signal,
  );
}

/** The windows asked for; or, with `--run`, the times that the scenario took. */
async function trafficWindows(
  session: KubesharkSession,
  inputs: Inputs,
  io: CommandIO,
): Promise<Window[]> {
  if (inputs.run === undefined) {
    const windows = windowsOf(inputs, inputs.windows, Date.now());
    await session.preflight(spanOf(windows));
    return windows;
  }
  await session.prepare();
  const windows: Window[] = [];
  for (let i = 0; i < inputs.windows; i++) {
    const start = Math.max(Date.now(), (windows.at(-1)?.end ?? 0) + 1);
    await runScenario(inputs.run, io);
    windows.push({ start, end: Math.max(Date.now(), start) });
  }
  return windows;
}

/** From the first moment to the last. */
function spanOf(windows: readonly Window[]): Window {
  const start = Math.min(...windows.map((window) => window.start));
  return { start, end: Math.max(...windows.map((window) => window.end)) };
}
