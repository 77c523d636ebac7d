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
  parts.push(
    ...exercised(notCovered, limits, 'not covered'),
    ...exercised(added, limits, 'the baseline does not have'),
    ...folded(notChecked, limits, {
      summary: `${counted(notChecked.length, 'check')} could not be made`,
      noun: 'check',
      columns: ['Operation', 'Check', 'Why not', 'Samples'],
      row: ({ operation, family, reason, samples }) => [
        asMarkdownCode(operation, limits.text),
        forMarkdown(family, limits.text),
        forMarkdown(reason, limits.text),
        `${grouped(samples.baseline)} → ${grouped(samples.candidate)}`,
      ],
    }),
    ...folded(compared, limits, {
      summary: 'The smallest changes that would have been found four times in five',
      noun: 'operation',
      columns: ['Operation', 'Calls', 'Slower by', 'New error in', 'Lost in'],
      row: ({ operation, baseline, candidate, visible }) => [
        asMarkdownCode(operation, limits.text),
        `${grouped(baseline)} → ${grouped(candidate)}`,
        ...visibleCells(visible),
      ],
    }),
  );
  return parts.filter((part) => part !== '').join('\n\n');
}

function exercised(
  operations: Judgement['coverage']['notCovered'],
  limits: Limits,
  what: string,
): string[] {
  return folded(operations, limits, {
    summary: `${counted(operations.length, 'operation')} ${what}`,
    noun: 'operation',
    columns: ['Operation', 'Calls before', 'Calls after'],
    row: ({ operation, baseline, candidate }) => [
      asMarkdownCode(operation, limits.text),
      grouped(baseline),
      grouped(candidate),
    ],
  });
}

interface Folded<T> {
  readonly summary: string;
  /** What one row is, for those that are left out. */
  readonly noun: string;
  readonly columns: readonly string[];
  readonly row: (item: T) => readonly string[];
}

/** A table to be opened, and how many rows it leaves out. */
function folded<T>(
  items: readonly T[],
  { rows }: Limits,
  { summary, noun, columns, row }: Folded<T>,
): string[] {
  if (items.length === 0) return [];
  const body = table(columns, items.slice(0, rows).map(row));
  return [details(summary, body), leftOut(items.length, rows, noun).trim()];
}
