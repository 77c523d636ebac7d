import { z } from 'zod';
import type { CaptureSummary, Judgement } from '../verdict/judgement.ts';
import type { Answer } from './answer.ts';
import { harmless, UNTRUSTED } from './fence.ts';
import { counts, itemData, itemSchema } from './fields.ts';
import { pageOf, pageSchema } from './page.ts';
import { itemsOf } from './parts.ts';
import type { Report } from './report.ts';

const MAX_REASONS = 10;

const side = z.object({
  calls: z.int(),
  start: z.number().optional().describe('Unix ms'),
  end: z.number().optional().describe('Unix ms'),
  problems: z.int().describe('what kept it from carrying a PASS'),
});

/** What verify_deployment and compare_captures give. */
export const verdictSchema = z.object({
  report: z.string().describe('for list_findings, explain_finding and accept_change'),
  verdict: z.enum(['PASS', 'FAIL', 'INCONCLUSIVE']),
  counts,
  findings: pageSchema,
  coverage: z.object({
    compared_share: z.number().describe("share of the baseline's calls that was compared, 0…1"),
    compared: z.int().describe('operations'),
    not_covered: z.int(),
    not_checked: z.int(),
  }),
  capture: z.object({ baseline: side, candidate: side }),
  items: z.array(itemSchema).describe('the worst findings'),
  untrusted: z
    .object({ reasons: z.array(z.string()), problems: z.array(z.string()) })
    .describe(UNTRUSTED),
});

type VerdictReport = Extract<Report, { kind: 'verdict' }>;

/** A verdict within bounds: the worst findings, and how to ask for the rest. */
export function verdictAnswer(report: VerdictReport): Answer<z.input<typeof verdictSchema>> {
  const { id, judgement } = report;
  const { verdict, reasons, coverage, capture } = judgement;
  const { items, page } = pageOf(itemsOf(report, 'findings'));
  const sums = countsOf(judgement);
  const problems = [
    ...problemsOf('baseline', capture.baseline),
    ...problemsOf('candidate', capture.candidate),
  ];
  return {
    says: [
      `${verdict}. Findings: ${sums.breaking} breaking, ${sums.warning} warning, ${sums.info} info (${sums.accepted} of them accepted). Report: ${id}`,
      `Compared: ${coverage.operations.compared} operations with ${Math.floor(coverage.comparedShare * 100)} % of the baseline's calls; ${capture.baseline.calls} calls before, ${capture.candidate.calls} after.`,
    ],
    untrusted: [
      ...reasons.slice(0, MAX_REASONS),
      ...items.map(({ id: item, line }) => `${item} ${line}`),
      ...problems.slice(0, MAX_REASONS),
    ],
    next: nextSteps(id, page.total, page.next_cursor),
    data: {
      report: id,
      verdict,
      counts: sums,
      findings: page,
      coverage: {
        compared_share: coverage.comparedShare,
        compared: coverage.operations.compared,
        not_covered: coverage.notCovered.length,
        not_checked: coverage.notChecked.length,
      },
      capture: { baseline: sideOf(capture.baseline), candidate: sideOf(capture.candidate) },
      items: items.map(itemData),
      untrusted: harmless({
        reasons: reasons.slice(0, MAX_REASONS),
        problems: problems.slice(0, MAX_REASONS),
      }),
    },
  };
}

function nextSteps(report: string, total: number, cursor: string | undefined): string[] {
  return [
    ...(cursor === undefined
      ? []
      : [
          `The first ${cursor} of ${total} findings are shown: list_findings with report "${report}" and cursor "${cursor}" gives the next.`,
        ]),
    ...(total === 0
      ? []
      : [`explain_finding with report "${report}" and an id (f1) gives one whole.`]),
  ];
}

function countsOf({ findings }: Judgement): z.output<typeof counts> {
  const of = (severity: string) => findings.filter((one) => one.severity === severity).length;
  return {
    breaking: of('breaking'),
    warning: of('warning'),
    info: of('info'),
    accepted: findings.filter(({ accepted }) => accepted !== undefined).length,
  };
}

function sideOf({ calls, start, end, problems }: CaptureSummary) {
  return {
    calls,
    ...(start !== null && { start }),
    ...(end !== null && { end }),
    problems: problems.length,
  };
}

function problemsOf(side: string, { problems }: CaptureSummary): string[] {
  return problems.map(({ code, message }) => `${side}: ${code}: ${message}`);
}
