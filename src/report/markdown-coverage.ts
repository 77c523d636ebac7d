import { asMarkdownCode, forMarkdown } from '../support/escape.ts';
import type { Judgement } from '../verdict/judgement.ts';
import type { Limits } from './markdown.ts';
import { details, leftOut, table } from './markdown-table.ts';
import { visibleCells } from './visible-words.ts';
import { counted, grouped, percent } from './words.ts';

/** What was compared, what was not exercised, and which checks could not be made. */
export function coverageSection(coverage: Judgement['coverage'], limits: Limits): string {
  const { comparedShare, operations, notCovered, added, notChecked, compared, unreadBodies } =
    coverage;
  const parts = [
    '## Coverage',
    `${counted(operations.compared, 'operation')} compared, holding ${percent(comparedShare)} of the baseline's calls. ` +
      `The baseline has ${counted(operations.baseline, 'operation')}, the candidate ${grouped(operations.candidate)}.`,
  ];
  if (unreadBodies.baseline > 0 || unreadBodies.candidate > 0) {
    parts.push(
      `Schemas of ${percent(unreadBodies.baseline)} of the baseline's bodies and of ${percent(unreadBodies.candidate)} of the candidate's could not be judged: cut or redacted.`,
    );
  }
  parts.push(...exercised(notCovered, 'not covered', limits));
  parts.push(...exercised(added, 'the baseline does not have', limits));
  if (notChecked.length > 0) {
    const rows = notChecked
      .slice(0, limits.rows)
      .map(({ operation, family, reason, samples }) => [
        asMarkdownCode(operation, limits.text),
        forMarkdown(family, limits.text),
        forMarkdown(reason, limits.text),
        `${grouped(samples.baseline)} → ${grouped(samples.candidate)}`,
      ]);
    const body = table(['Operation', 'Check', 'Why not', 'Samples'], rows);
    parts.push(details(`${counted(notChecked.length, 'check')} could not be made`, body));
    parts.push(leftOut(notChecked.length, limits.rows, 'check').trim());
  }
  if (compared.length > 0) {
    const rows = compared
      .slice(0, limits.rows)
      .map(({ operation, baseline, candidate, visible }) => [
        asMarkdownCode(operation, limits.text),
        `${grouped(baseline)} → ${grouped(candidate)}`,
        ...visibleCells(visible),
      ]);
    const body = table(['Operation', 'Calls', 'Slower by', 'New error in', 'Lost in'], rows);
    parts.push(details('The smallest changes that would have been found four times in five', body));
    parts.push(leftOut(compared.length, limits.rows, 'operation').trim());
  }
  return parts.filter((part) => part !== '').join('\n\n');
}

function exercised(
  operations: Judgement['coverage']['notCovered'],
  what: string,
  limits: Limits,
): string[] {
  if (operations.length === 0) return [];
  const rows = operations
    .slice(0, limits.rows)
    .map(({ operation, baseline, candidate }) => [
      asMarkdownCode(operation, limits.text),
      grouped(baseline),
      grouped(candidate),
    ]);
  return [
    details(
      `${counted(operations.length, 'operation')} ${what}`,
      table(['Operation', 'Calls before', 'Calls after'], rows),
    ),
    leftOut(operations.length, limits.rows, 'operation').trim(),
  ];
}
