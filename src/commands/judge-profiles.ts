import { join } from 'node:path';
import { proveSchemaFindings } from '../compare/proof.ts';
import { compareWindows } from '../compare/windows.ts';
import { CaptureStats } from '../profile/capture-stats.ts';
import type { Profile } from '../profile/profile.ts';
import { renderJson } from '../report/json.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { renderText } from '../report/text.ts';
import { ExitCode } from '../support/errors.ts';
import type { Judgement, Verdict } from '../verdict/judgement.ts';
import { judge } from '../verdict/verdict.ts';
import type { CallSample } from './call-sample.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import { writeWhole } from './write-file.ts';

/** Compares with a baseline of one or more windows, judges, prints the result and writes the reports that were asked for. */
export async function judgeProfiles(
  windows: readonly Profile[],
  cand: Profile,
  sample: CallSample,
  inputs: Inputs,
  io: CommandIO,
): Promise<Outcome> {
  const before = new CaptureStats();
  for (const { capture } of windows) before.merge(capture);
  const { capture: after } = cand;
  const comparison = compareWindows(windows, cand, { minSamples: inputs.minSamples });
  const { coverage, pairing } = comparison;
  const findings = await proveSchemaFindings(comparison.findings, pairing, sample);
  const judgement = judge({ findings, coverage }, before, after);
  io.out(inputs.json ? renderJson(judgement) : renderText(judgement));
  const exitCode = exitCodeOf(judgement.verdict, inputs.allowInconclusive);
  if (inputs.reportDir === undefined) return { exitCode, judgement };
  return { exitCode, judgement, files: await writeReports(judgement, inputs.reportDir, io) };
}

async function writeReports(
  judgement: Judgement,
  dir: string,
  io: CommandIO,
): Promise<Record<string, string>> {
  const report = join(dir, 'report.md');
  const json = join(dir, 'report.json');
  await writeWhole(report, renderMarkdown(judgement));
  await writeWhole(json, renderJson(judgement));
  io.progress.note(`report written to ${report}`);
  return { report, json };
}

function exitCodeOf(verdict: Verdict, allowInconclusive: boolean): ExitCode {
  if (verdict === 'FAIL') return ExitCode.fail;
  if (verdict === 'PASS' || allowInconclusive) return ExitCode.pass;
  return ExitCode.inconclusive;
}
