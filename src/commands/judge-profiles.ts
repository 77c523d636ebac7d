import { judgeRequirements } from '../compare/budgets.ts';
import { proveSchemaFindings } from '../compare/proof.ts';
import { byWeight } from '../compare/severity.ts';
import type { Thresholds } from '../compare/thresholds.ts';
import { showable } from '../compare/view/showable.ts';
import { compareWindows } from '../compare/windows.ts';
import { CaptureStats } from '../profile/capture-stats.ts';
import type { Profile } from '../profile/profile.ts';
import { redactProfile } from '../profile/redact-profile.ts';
import { type BaselineSource, withOrigin } from '../verdict/baseline-origin.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { strictest } from '../verdict/strictest.ts';
import { judge } from '../verdict/verdict.ts';
import type { CallSample } from './call-sample.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import { reportJudgement } from './report-judgement.ts';

/**
 * Compares with a baseline of one or more windows, holds the candidate to what is required, judges,
 * prints the result and writes the reports that were asked for.
 */
export async function judgeProfiles(
  windows: readonly Profile[],
  cand: Profile,
  sample: CallSample,
  inputs: Inputs,
  io: CommandIO,
  source?: BaselineSource,
): Promise<Outcome> {
  for (const profile of [...windows, cand]) redactProfile(profile, inputs.redact);
  const [first, ...more] = inputs.thresholds;
  let judgement = await judgeBy(first, windows, cand, sample, inputs);
  for (const thresholds of more) {
    judgement = strictest([judgement, await judgeBy(thresholds, windows, cand, sample, inputs)]);
  }
  return reportJudgement(withOrigin(judgement, source), inputs, io);
}

async function judgeBy(
  thresholds: Thresholds,
  windows: readonly Profile[],
  cand: Profile,
  sample: CallSample,
  { minSamples, paths: hints, require, policy, today }: Inputs,
): Promise<Judgement> {
  const comparison = compareWindows(windows, cand, { minSamples, hints, thresholds });
  const { pairing } = comparison;
  const proven = await proveSchemaFindings(comparison.findings, pairing, sample);
  const broken = judgeRequirements(pairing.pairs, require);
  const findings = [...proven, ...broken].sort(byWeight);
  const shown = showable({ ...comparison, findings });
  return judge(shown, captureOf(windows), cand.capture, policy, today);
}

/** The captures of a baseline's windows as one. */
export function captureOf(windows: readonly Profile[]): CaptureStats {
  const whole = new CaptureStats();
  for (const { capture } of windows) whole.merge(capture);
  return whole;
}
