import { join } from 'node:path';
import { compareProfiles } from '../compare/compare.ts';
import { proveSchemaFindings } from '../compare/proof.ts';
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

/** Compares two profiles, judges, prints the result and writes the reports that were asked for. */
export async function judgeProfiles(
  base: Profile,
  cand: Profile,
  sample: CallSample,
  inputs: Inputs,
  io: CommandIO,
): Promise<Outcome> {
  const { capture: before } = base;
  const { capture: after } = cand;
  const comparison = compareProfiles(base, cand, { minSamples: inputs.minSamples });
  const findings = await proveSchemaFindings(comparison.findings, comparison.pairing, sample);
  const judgement = judge({ ...comparison, findings }, before, after);
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
