import type { CaptureProblem } from '../calls/observation.ts';
import type { Profile } from '../profile/profile.ts';
import { profileWindows } from '../profile/profile-windows.ts';
import { type ProfilerOptions, profileCapture } from '../profile/profiler.ts';
import { ClockWatch } from '../support/clock-watch.ts';
import { UsageError } from '../support/errors.ts';
import { seconds } from '../support/quantity.ts';
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
    const { windows, clockSet } = await trafficWindows(source, inputs, io);
    const span = spanOf(windows);
    options.onSpan?.(span);
    const captured = source.capture(span);
    const { batches } = captured;
    const saved = inputs.saveCalls === undefined ? batches : savingCalls(batches, inputs.saveCalls);
    const [window, ...more] = windows as [Window, ...Window[]];
    const capture = { ...captured, batches: saved };
    const all = { ...profiling(inputs), ...options };
    const profiles =
      more.length === 0
        ? [await profileCapture({ ...capture, window }, all)]
        : await profileWindows(capture, windows, all);
    for (const [i, problem] of clockSet) profiles[i]?.capture.addProblem(problem);
    return profiles;
  } finally {
    await source.close();
  }
}

/** The windows asked for; or, with `--run`, the times that the scenario took. */
async function trafficWindows(
  source: CaptureSource,
  inputs: Inputs,
  io: CommandIO,
): Promise<Traffic> {
  if (inputs.run === undefined) {
    const windows = windowsOf(inputs, inputs.windows, Date.now());
    await source.preflight(spanOf(windows));
    return { windows, clockSet: new Map() };
  }
  refuseTimes(inputs);
  await source.prepare();
  const windows: Window[] = [];
  const clockSet = new Map<number, CaptureProblem>();
  for (let i = 0; i < inputs.windows; i++) {
    const start = Math.max(Date.now(), (windows.at(-1)?.end ?? 0) + 1);
    const clock = new ClockWatch();
    await runScenario(inputs.run, io, source.scenarioEnv);
    const moved = clock.moved();
    if (moved !== 0) clockSet.set(i, clockProblem(moved));
    windows.push({ start, end: Math.max(Date.now(), start) });
  }
  await source.settle?.();
  return { windows, clockSet };
}

/** A scenario takes the time that it takes: another one would be ignored. */
function refuseTimes({ start, end }: Inputs): void {
  if (start === undefined && end === undefined) return;
  throw new UsageError(`--run and --${start === undefined ? 'end' : 'start'} exclude each other`, {
    hint: 'what is captured is the time that the scenario takes',
  });
}

interface Traffic {
  readonly windows: Window[];
  /** By window: the time that was asked for is not the time that it took. */
  readonly clockSet: ReadonlyMap<number, CaptureProblem>;
}

function clockProblem(moved: number): CaptureProblem {
  const how = `${seconds(Math.abs(moved))} ${moved < 0 ? 'back' : 'ahead'}`;
  const message = `this machine's clock was set ${how} while the scenario ran: the window is not when its calls were made`;
  return { code: 'clock-set', message };
}

/** From the first moment to the last. */
function spanOf(windows: readonly Window[]): Window {
  const start = Math.min(...windows.map((window) => window.start));
  return { start, end: Math.max(...windows.map((window) => window.end)) };
}
