import { join } from 'node:path';
import { renderHtml } from '../report/html.ts';
import { readTemplate } from '../report/html-template.ts';
import { renderJson } from '../report/json.ts';
import { renderJunit } from '../report/junit.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { renderSarif } from '../report/sarif.ts';
import { renderText } from '../report/text.ts';
import { ExitCode } from '../support/errors.ts';
import type { Judgement } from '../verdict/judgement.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import { sarifPlaces } from './sarif-places.ts';
import { writeWhole } from './write-file.ts';

/** Prints a judgement, writes the reports that were asked for, and says how to exit. */
export async function reportJudgement(
  judgement: Judgement,
  inputs: Inputs,
  io: CommandIO,
): Promise<Outcome> {
  io.out(inputs.json ? renderJson(judgement) : renderText(judgement));
  const exitCode = exitCodeOf(judgement, inputs);
  if (inputs.dryRun) {
    io.progress.note(`dry run: the verdict is ${judgement.verdict}, the exit code 0`);
  }
  if (inputs.reportDir === undefined) return { exitCode, judgement };
  return {
    exitCode,
    judgement,
    files: await writeReports(judgement, inputs.reportDir, inputs, io),
  };
}

async function writeReports(
  judgement: Judgement,
  dir: string,
  inputs: Inputs,
  io: CommandIO,
): Promise<Record<string, string>> {
  const report = join(dir, 'report.md');
  const json = join(dir, 'report.json');
  const html = join(dir, 'report.html');
  const junit = join(dir, 'report.junit.xml');
  const sarif = join(dir, 'report.sarif');
  await writeWhole(report, renderMarkdown(judgement));
  await writeWhole(json, renderJson(judgement));
  await writeWhole(html, renderHtml(judgement, await readTemplate()));
  await writeWhole(junit, await renderJunit(judgement));
  await writeWhole(sarif, renderSarif(judgement, sarifPlaces(inputs.config, io.env)));
  io.progress.note(`report written to ${report}, to look at: ${html}`);
  return { report, json, html, junit, sarif };
}

function exitCodeOf({ verdict }: Judgement, { allowInconclusive, dryRun }: Inputs): ExitCode {
  if (dryRun || verdict === 'PASS') return ExitCode.pass;
  if (verdict === 'FAIL') return ExitCode.fail;
  return allowInconclusive ? ExitCode.pass : ExitCode.inconclusive;
}
