import { join } from 'node:path';
import type { Investigation } from '../incident/investigation.ts';
import { readTemplate } from '../report/html-template.ts';
import { renderInvestigationHtml } from '../report/incident/incident-html.ts';
import { renderInvestigationMarkdown } from '../report/incident/incident-markdown.ts';
import { renderInvestigationText } from '../report/incident/incident-text.ts';
import { renderJson } from '../report/json.ts';
import { ExitCode } from '../support/errors.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';
import { zoneOf } from './time-zone.ts';
import { writeWhole } from './write-file.ts';

/**
 * Prints an investigation, writes the reports that were asked for, and says how to exit: 0 where it
 * names an origin, 4 where it abstains (0 with `--allow-inconclusive`).
 */
export async function reportInvestigation(
  investigation: Investigation,
  inputs: Inputs,
  io: CommandIO,
): Promise<Outcome> {
  const timeZone = zoneOf(inputs);
  io.out(
    inputs.json ? renderJson(investigation) : renderInvestigationText(investigation, { timeZone }),
  );
  const exitCode =
    investigation.abstained && !inputs.allowInconclusive ? ExitCode.inconclusive : ExitCode.pass;
  if (inputs.reportDir === undefined) return { exitCode, investigation };
  const files = await writeInvestigation(investigation, inputs.reportDir, timeZone);
  io.progress.note(`report written to ${files.report}, to look at: ${files.html}`);
  return { exitCode, investigation, files };
}

async function writeInvestigation(investigation: Investigation, dir: string, timeZone: string) {
  const report = join(dir, 'report.md');
  const json = join(dir, 'report.json');
  const html = join(dir, 'report.html');
  const page = renderInvestigationHtml(investigation, { timeZone }, await readTemplate());
  await writeWhole(report, renderInvestigationMarkdown(investigation, { timeZone }));
  await writeWhole(json, renderJson(investigation));
  await writeWhole(html, page);
  return { report, json, html };
}
