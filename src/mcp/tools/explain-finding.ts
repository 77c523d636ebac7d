import { z } from 'zod';
import type { Finding } from '../../compare/finding.ts';
import { acceptSnippet } from '../../report/accept-snippet.ts';
import { findingLines } from '../../report/finding-lines.ts';
import { ruleWords } from '../../report/rule-words.ts';
import { CaptureError } from '../../support/errors.ts';
import { harmless, UNTRUSTED } from '../fence.ts';
import { reportName } from '../fields.ts';
import { type Item, itemOf, itemsOf } from '../parts.ts';
import type { Report } from '../report.ts';
import { tool } from '../tool.ts';

const MAX_TEXT = 2_000;
const MAX_EFFECTS = 20;

export const explainFinding = tool({
  name: 'explain_finding',
  title: 'Explain a finding',
  description:
    'Gives one item of a report whole: a finding with its numbers, interval, sample sizes, evidence (call ids), what its rule means and what to do; or a cause, an edge of the cascade, an entry of the timeline of an investigation, with its evidence.',
  input: z.strictObject({
    report: reportName,
    id: z
      .string()
      .regex(/^[a-z]\d{1,6}$/)
      .describe('as list_findings gives it: f1'),
  }),
  output: z.object({
    report: z.string(),
    id: z.string(),
    rule: z.array(z.string()).describe('what its rule means, whom it breaks, what to do'),
    effects: z.array(z.string()).describe('ids of findings that follow from it'),
    untrusted: z.looseObject({}).describe(`the item as the report holds it; ${UNTRUSTED}`),
  }),
  annotations: { readOnlyHint: true, openWorldHint: false },
  async answer({ report: name, id }, { context }) {
    const report = await context.reports.find(name);
    const item = itemOf(report, id);
    if (!item) {
      throw new CaptureError(`report ${report.id} has no item ${id}`, {
        hint: 'list_findings gives the ids',
      });
    }
    const finding = id.startsWith('f') ? (item.whole as Finding) : undefined;
    const rule = finding ? ruleWords(finding.rule) : [];
    const effects = finding ? effectsOf(report, finding) : [];
    return {
      says: [
        `Item ${id} of report ${report.id}.`,
        ...rule,
        ...(effects.length > 0 ? [`From it follow: ${effects.join(', ')}`] : []),
      ],
      untrusted: finding
        ? ofFinding(finding, report)
        : JSON.stringify(item.whole, null, 1).split('\n'),
      data: {
        report: report.id,
        id,
        rule: [...rule],
        effects,
        untrusted: { ...harmless(item.whole, MAX_TEXT) },
      },
    };
  },
});

function ofFinding(finding: Finding, report: Report): string[] {
  const { chain, kfl, interval, effect, evidence } = finding;
  const end = report.kind === 'verdict' ? report.judgement.capture.candidate.end : null;
  return [
    ...findingLines(finding),
    ...(effect === null || effect === undefined ? [] : [`  effect ${effect}`]),
    ...(interval
      ? [`  interval ${interval.low ?? '–'} to ${interval.high ?? '–'} (level ${interval.level})`]
      : []),
    ...(chain ? [`  way to it: ${chain.join(' → ')}`] : []),
    ...evidence.flatMap(({ callId, note }) => (note === undefined ? [] : [`  ${callId}: ${note}`])),
    ...(kfl === undefined ? [] : [`  in Kubeshark: ${kfl}`]),
    'In wireproof.yml it would be accepted by:',
    ...acceptSnippet(finding, end).trimEnd().split('\n'),
  ];
}

function effectsOf(report: Report, { id }: Finding): string[] {
  if (id === undefined) return [];
  const follows = ({ whole }: Item) => (whole as Finding).causedBy === id;
  return itemsOf(report, 'findings')
    .filter(follows)
    .slice(0, MAX_EFFECTS)
    .map((item) => item.id);
}
