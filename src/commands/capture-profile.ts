import type { Profile } from '../profile/profile.ts';
import { profileWindows } from '../profile/profile-windows.ts';
import { type ProfilerOptions, profileCapture } from '../profile/profiler.ts';
import { savingCalls } from './call-writer.ts';
import { type CaptureSource, openSource } from './capture-source.ts';
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
 * Captures from Kubeshark or, with `--otlp-listen`, from traces, while `--run` drives the scenario or
 * over the window asked for, and profiles what was seen. Throws CaptureError when nothing trustworthy can be captured.
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
  const source = await openSource(inputs, io);
  try {
    const windows = await trafficWindows(source, inputs, io);
    const span = spanOf(windows);
    options.onSpan?.(span);
    const { observations, problems } = source.capture(span);
    const saved =
      inputs.saveCalls === undefined ? observations : savingCalls(observations, inputs.saveCalls);
    const [window, ...more] = windows as [Window, ...Window[]];
    const capture = { observations: saved, problems };
    const all = { ...profiling(inputs), ...options };
    if (more.length === 0) return [await profileCapture({ ...capture, window }, all)];
    return await profileWindows(capture, windows, all);
  } finally {
    await source.close();
  }
}

/** The windows asked for; or, with `--run`, the times that the scenario took. */
async function trafficWindows(
  source: CaptureSource,
  inputs: Inputs,
  io: CommandIO,
): Promise<Window[]> {
  if (inputs.run === undefined) {
    const windows = windowsOf(inputs, inputs.windows, Date.now());
    await source.preflight(spanOf(windows));
    return windows;
  }
  await source.prepare();
  const windows: Window[] = [];
  for (let i = 0; i < inputs.windows; i++) {
    const start = Math.max(Date.now(), (windows.at(-1)?.end ?? 0) + 1);
    await runScenario(inputs.run, io, source.scenarioEnv);
    windows.push({ start, end: Math.max(Date.now(), start) });
  }
  await source.settle?.();
  return windows;
}

/** From the first moment to the last. */
function spanOf(windows: readonly Window[]): Window {
  const start = Math.min(...windows.map((window) => window.start));
  return { start, end: Math.max(...windows.map((window) => window.end)) };
}
