import { appendFile, stat } from 'node:fs/promises';
import type { Outcome } from '../commands/command.ts';
import type { Inputs } from '../commands/options.ts';
import { zoneOf } from '../commands/time-zone.ts';
import { renderInvestigationMarkdown } from '../report/incident/incident-markdown.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { renderMonitor } from '../report/monitor/monitor-markdown.ts';
import { asMarkdownCode } from '../support/escape.ts';

/** GitHub drops a step's summary above 1 MiB in silence. */
const MAX_BYTES = 1_000_000;

/** Appends the outcome to the step's summary, within what other parts of the step left of it. */
export async function summarise(
  outcome: Outcome,
  mode: string,
  inputs: Inputs,
  path: string,
): Promise<void> {
  const taken = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  const room = Math.max(0, MAX_BYTES - taken);
  const markdown = markdownOf(outcome, mode, inputs, room);
  await appendSummary(markdown, path);
}

function markdownOf(outcome: Outcome, mode: string, inputs: Inputs, room: number): string {
  const { judgement, alerts, summaries = [], investigation, files } = outcome;
  if (judgement) return renderMarkdown(judgement, room);
  if (alerts) return renderMonitor(alerts, summaries, room);
  if (investigation) {
    return renderInvestigationMarkdown(investigation, { timeZone: zoneOf(inputs) }, room);
  }
  return `# Wireproof: ${mode} stored in ${asMarkdownCode(files?.profile ?? '')}\n`;
}

/** Appends Markdown to the step's summary. */
export async function appendSummary(markdown: string, path: string): Promise<void> {
  await appendFile(path, `${markdown}\n`);
}
