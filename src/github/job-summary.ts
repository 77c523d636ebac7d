import { appendFile, stat } from 'node:fs/promises';
import type { Outcome } from '../commands/command.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { renderMonitor } from '../report/monitor/monitor-markdown.ts';
import { asMarkdownCode } from '../support/escape.ts';

/** GitHub drops a step's summary above 1 MiB in silence. */
const MAX_BYTES = 1_000_000;

/** Appends the outcome to the step's summary, within what other parts of the step left of it. */
export async function summarise(outcome: Outcome, mode: string, path: string): Promise<void> {
  const { judgement, alerts, summaries = [], files } = outcome;
  const taken = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  const room = Math.max(0, MAX_BYTES - taken);
  const markdown = judgement
    ? renderMarkdown(judgement, room)
    : alerts
      ? renderMonitor(alerts, summaries, room)
      : `# Wireproof: ${mode} stored in ${asMarkdownCode(files?.profile ?? '')}\n`;
  await appendSummary(markdown, path);
}

/** Appends Markdown to the step's summary. */
export async function appendSummary(markdown: string, path: string): Promise<void> {
  await appendFile(path, `${markdown}\n`);
}
