import { appendFile, stat } from 'node:fs/promises';
import { renderMarkdown } from '../report/markdown.ts';
import type { Judgement } from '../verdict/judgement.ts';

/** GitHub drops a step's summary above 1 MiB in silence. */
const MAX_BYTES = 1_000_000;

/** Appends the report to the step's summary, within what other parts of the step left of it. */
export async function summarise(judgement: Judgement, path: string): Promise<void> {
  const taken = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  await appendSummary(renderMarkdown(judgement, Math.max(0, MAX_BYTES - taken)), path);
}

/** Appends Markdown to the step's summary. */
export async function appendSummary(markdown: string, path: string): Promise<void> {
  await appendFile(path, `${markdown}\n`);
}
