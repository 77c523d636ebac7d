import { judgeRequirements } from '../compare/budgets.ts';
import { byWeight } from '../compare/compare.ts';
import { proveSchemaFindings } from '../compare/proof.ts';
import { compareWindows } from '../compare/windows.ts';
import { CaptureStats } from '../profile/capture-stats.ts';
import type { Profile } from '../profile/profile.ts';
import { type BaselineSource, withOrigin } from '../verdict/baseline-origin.ts';
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
  const comparison = compareWindows(windows, cand, { minSamples: inputs.minSamples });
  const { pairing } = comparison;
  const proven = await proveSchemaFindings(comparison.findings, pairing, sample);
  const broken = judgeRequirements(pairing.pairs, inputs.require);
  const findings = [...proven, ...broken].sort(byWeight);
  const judgement = judge({ ...comparison, findings }, captureOf(windows), cand.capture);
  return reportJudgement(withOrigin(judgement, source), inputs, io);
}

/** The captures of a baseline's windows as one. */
export function captureOf(windows: readonly Profile[]): CaptureStats {
  const whole = new CaptureStats();
  for (const { capture } of windows) whole.merge(capture);
  return whole;
}
