import { DEDUPE_REACH_MS } from '../calls/dedupe.ts';
import { EarlyFindings } from '../compare/early.ts';
import { showable } from '../compare/view/showable.ts';
import { compareWindows, noiseOf } from '../compare/windows.ts';
import { copyOf } from '../profile/copy.ts';
import { Profile } from '../profile/profile.ts';
import { profileWindows } from '../profile/profile-windows.ts';
import { type ProfilerOptions, profileCapture } from '../profile/profiler.ts';
import type { KubesharkSession } from '../sources/kubeshark/index.ts';
import { type Clock, wallClock } from '../support/clock.ts';
import { UsageError } from '../support/errors.ts';
import { type BaselineSource, withOrigin } from '../verdict/baseline-origin.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { judge } from '../verdict/verdict.ts';
import { CallSample } from './call-sample.ts';
import { savingCalls } from './call-writer.ts';
import { DEFAULT_WINDOW_MS, type Window } from './capture-window.ts';
import type { CommandIO, Outcome } from './command.ts';
import { captureOf, judgeProfiles } from './judge-profiles.ts';
import { openSession } from './open-session.ts';
import type { Inputs } from './options.ts';
import { profiling } from './profiling.ts';
import { reportJudgement } from './report-judgement.ts';

/** Between two looks, where none is given. */
const DEFAULT_INTERVAL_MS = 30_000;
/** Calls may arrive this late, ms: younger ones are left for the next look. */
export const LATE_MS = 5_000;

/**
 * Looks at the window while it runs, and fails as soon as a regression is beyond doubt. Without one,
 * the whole window is captured at its end and judged as ever. Throws UsageError for options that make
 * no sense while traffic runs.
 */
export async function watch(
  baseline: readonly Profile[],
  inputs: Inputs,
  io: CommandIO,
  clock: Clock = wallClock,
  source?: BaselineSource,
): Promise<Outcome> {
  refuse(inputs);
  const session = await openSession({ ...inputs, route: 'live' }, io);
  try {
    await session.prepare();
    const start = clock.now();
    const window = { start, end: start + (inputs.window ?? DEFAULT_WINDOW_MS) };
    const failed = await lookOften(session, window, baseline, inputs, io, clock);
    if (failed) return await reportJudgement(withOrigin(failed, source), inputs, io);
    const sample = new CallSample();
    const captured = session.capture(window);
    const { batches } = captured;
    const saved = inputs.saveCalls === undefined ? batches : savingCalls(batches, inputs.saveCalls);
    const capture = { ...captured, batches: saved };
    const candidate = await profileCapture(capture, { ...profiling(inputs), onCall: sample.add });
    return await judgeProfiles(baseline, candidate, sample, inputs, io, source);
  } finally {
    await session.close();
  }
}

/** The judgement of the first look that fails; undefined when the window has ended. */
async function lookOften(
  session: KubesharkSession,
  window: Window,
  baseline: readonly Profile[],
  inputs: Inputs,
  io: CommandIO,
  clock: Clock,
): Promise<Judgement | undefined> {
  const [thresholds] = inputs.thresholds;
  const options = { minSamples: inputs.minSamples, hints: inputs.paths, thresholds };
  const noise = noiseOf(baseline, options);
  const early = new EarlyFindings(noise, thresholds);
  const running = new Profile();
  let from = window.start;
  for (;;) {
    const left = window.end - clock.now();
    if (left <= 0) return undefined;
    await clock.sleep(Math.min(inputs.interval ?? DEFAULT_INTERVAL_MS, left), io.signal);
    const to = Math.min(clock.now() - LATE_MS, window.end);
    // What is decided of a call depends on its neighbours, so those must have come as well.
    const own = { start: from, end: to - DEDUPE_REACH_MS };
    if (clock.now() >= window.end || own.end <= own.start) continue;
    running.merge(await profileLook(session, own, profiling(inputs)));
    from = own.end + 1;
    const candidate = copyOf(running);
    const comparison = compareWindows(baseline, candidate, options, noise);
    const findings = early.look(comparison);
    const { coverage, pairing } = comparison;
    const shown = showable({ findings, coverage, pairing });
    const judgement = judge(
      shown,
      captureOf(baseline),
      candidate.capture,
      inputs.policy,
      inputs.today,
    );
    io.progress.note(`${running.capture.calls} calls seen, ${told(judgement)}`);
    if (judgement.verdict === 'FAIL') return judgement;
  }
}

/** The calls of a part of the window, each once; a part without calls is no problem of the whole. */
async function profileLook(
  session: KubesharkSession,
  own: Window,
  options: ProfilerOptions,
): Promise<Profile> {
  const near = { start: own.start - DEDUPE_REACH_MS, end: own.end + DEDUPE_REACH_MS };
  const { batches } = session.capture(near);
  const [profile] = await profileWindows({ batches, problems: [] }, [own], options);
  return profile as Profile;
}

function told({ verdict, findings }: Judgement): string {
  if (verdict === 'FAIL') return 'and they fail';
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  return warnings === 0 ? 'nothing wrong so far' : `${warnings} warnings, nothing certain so far`;
}

function refuse({ run, start, end, route }: Inputs): void {
  const given = { run, start, end };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) {
      throw new UsageError(`--watch does not go with --${name}`, {
        hint: '--watch looks at a --window that begins now; run the scenario beside it',
      });
    }
  }
  if (route === 'snapshot') {
    throw new UsageError('--watch does not go with --route snapshot', {
      hint: 'calls are looked at while they come: --route live',
    });
  }
}
