import { forMarkdown } from '../support/escape.ts';
import type { Judgement } from '../verdict/judgement.ts';
import type { Limits } from './markdown.ts';
import { leftOut } from './markdown-table.ts';
import { policyWords } from './policy-words.ts';

/** What the configuration set aside, and entries of it that do nothing. */
export function policySection(judgement: Judgement, { rows, text }: Limits): string {
  const lines = policyWords(judgement);
  if (lines.length === 0) return '';
  const shown = lines.slice(0, rows).map((line) => `- ${forMarkdown(line, text)}`);
  return `## Configuration\n\n${shown.join('\n')}${leftOut(lines.length, rows, 'line')}`;
}
