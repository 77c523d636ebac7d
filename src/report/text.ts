import type { GraphChange } from '../compare/edge-changes.ts';
import { visible } from '../support/escape.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { originLine } from './baseline-origin.ts';
import { edgeLabel } from './edge-label.ts';
import { findingLines } from './finding-lines.ts';
import { nextStep } from './next-step.ts';
import { policyWords } from './policy-words.ts';
import { type SetAside, setAsideBy } from './set-aside.ts';
import { counted, grouped, percent, period, sourceName } from './words.ts';

/** Lines of one list; `--json` has all. */
const MAX_ROWS = 20;
/** Findings for information, which mostly follow from others. */
const MAX_INFORMATION = 5;
/** Of the coverage fewer: what differs must not scroll away. */
const MAX_COVERAGE_ROWS = 8;

/** The report for a terminal, without colours. */
export function renderText(judgement: Judgement): string {
  const { verdict, reasons, findings, graph, coverage, capture, baselineOrigin } = judgement;
  const lines: string[] = [verdict, ...reasons.map((reason) => `  ${visible(reason)}`)];
  const [weighty = [], information = []] = [false, true].map((isInfo) =>
    findings.filter(({ severity }) => (severity === 'info') === isInfo),
  );
  for (const finding of [...weighty, ...information.slice(0, MAX_INFORMATION)]) {
    lines.push('', ...findingLines(finding));
  }
  const left = information.length - MAX_INFORMATION;
  if (left > 0) lines.push('', `… and ${grouped(left)} more for information (--json has all)`);
  const next = nextStep(findings);
  if (next !== undefined) lines.push('', `next: ${next}`);
  const policy = policyWords(judgement);
  if (policy.length > 0) {
    lines.push('', 'configuration:', ...bounded(policy.map((line) => `  ${visible(line)}`)));
  }
  if (graph)
    lines.push(
      '',
      'changed edges of the call graph:',
      ...bounded(edgeLines(graph, setAsideBy(judgement))),
    );
  lines.push(
    '',
    `coverage: ${counted(coverage.operations.compared, 'operation')} compared, holding ${percent(coverage.comparedShare)} of the baseline's calls`,
    ...bounded(
      coverage.notCovered.map(
        ({ operation, baseline, candidate }) =>
          `  not covered: ${visible(operation)} (${grouped(baseline)} → ${grouped(candidate)} calls)`,
      ),
      MAX_COVERAGE_ROWS,
    ),
    ...bounded(
      coverage.added.map(
        ({ operation, candidate }) =>
          `  new: ${visible(operation)} (${counted(candidate, 'call')})`,
      ),
      MAX_COVERAGE_ROWS,
    ),
    ...bounded(
      coverage.notChecked.map(
        ({ operation, family, reason }) =>
          `  not checked: ${visible(operation)}, ${visible(family)}: ${visible(reason)}`,
      ),
      MAX_COVERAGE_ROWS,
    ),
  );
  for (const side of ['baseline', 'candidate'] as const) {
    const { calls, duplicates, badRecords, problems } = capture[side];
    lines.push(
      `${side}: ${counted(calls, 'call')}, ${period(capture[side])}; ${grouped(duplicates)} seen twice, ${grouped(badRecords)} unreadable`,
      ...problems.map(({ code, message }) => `  ${visible(code)}: ${visible(message)}`),
    );
  }
  if (baselineOrigin) lines.push(`baseline from ${visible(originLine(baselineOrigin))}`);
  return `${lines.join('\n')}\n`;
}

function edgeLines({ edges }: GraphChange, setAside: SetAside): string[] {
  return edges
    .filter(({ change }) => change !== 'same')
    .map(
      (edge) =>
        `  ${visible(sourceName(edge))} → ${visible(edge.to)}: ${edgeLabel(edge, setAside)}`,
    );
}

function bounded(lines: readonly string[], most = MAX_ROWS): string[] {
  if (lines.length <= most) return [...lines];
  return [...lines.slice(0, most), `  … and ${lines.length - most} more (--json has all)`];
}
