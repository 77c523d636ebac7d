import { z } from 'zod';
import type { Finding } from '../../compare/finding.ts';
import { cursor, itemData, itemSchema, reportName } from '../fields.ts';
import { MOST, pageOf, pageSchema, USUAL } from '../page.ts';
import { type Item, itemsOf, partNames } from '../parts.ts';
import { tool } from '../tool.ts';

export const listFindings = tool({
  name: 'list_findings',
  title: 'List findings',
  description: `Lists what a report holds, worst first, ${USUAL} at a time: the findings of a verdict; of an investigation also causes, cascade, timeline, affected operations, factors and what was ruled out.`,
  input: z.strictObject({
    report: reportName,
    part: z.enum(partNames).default('findings'),
    severity: z.enum(['breaking', 'warning', 'info']).optional().describe('findings alone'),
    contains: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('only items whose line holds this text: a rule, a workload, a path'),
    cursor,
    limit: z.int().min(1).max(MOST).default(USUAL),
  }),
  output: z.object({
    report: z.string(),
    part: z.enum(partNames),
    page: pageSchema,
    items: z.array(itemSchema),
  }),
  annotations: { readOnlyHint: true, openWorldHint: false },
  async answer({ report: name, part, severity, contains, cursor: from, limit }, { context }) {
    const report = await context.reports.find(name);
    const all = itemsOf(report, part).filter(
      (item) => hasSeverity(item, severity) && item.line.includes(contains ?? ''),
    );
    const { items, page } = pageOf(all, from, limit);
    const next = page.next_cursor;
    return {
      says: [`${page.shown} of ${page.total} in ${part} of report ${report.id}`],
      untrusted: items.map(({ id, line }) => `${id} ${line}`),
      next: [
        ...(next === undefined ? [] : [`The next: cursor "${next}".`]),
        ...(items.length === 0 ? [] : ['explain_finding gives one whole.']),
      ],
      data: { report: report.id, part, page, items: items.map(itemData) },
    };
  },
});

function hasSeverity({ whole }: Item, severity: Finding['severity'] | undefined): boolean {
  return severity === undefined || (whole as Partial<Finding>).severity === severity;
}
