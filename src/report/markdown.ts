import { forMarkdown } from '../support/escape.ts';
import type { Judgement, Verdict } from '../verdict/judgement.ts';
import { originLine } from './baseline-origin.ts';
import { fullest, JOB_SUMMARY_BYTES } from './fullest.ts';
import { captureSection } from './markdown-captures.ts';
import { coverageSection } from './markdown-coverage.ts';
import { findingsSection } from './markdown-findings.ts';
import { graphSection } from './markdown-graph.ts';
import { policySection } from './markdown-policy.ts';
import { counted } from './words.ts';

/** How much of each part is shown; later stages show less. */
export interface Limits {
  readonly findings: number;
  /** Edges of the call graph that are drawn. */
  readonly edges: number;
  /** Rows of each table of the coverage. */
  readonly rows: number;
  readonly reasons: number;
  /** Characters of one text from the judgement. */
  readonly text: number;
}

const STAGES: readonly Limits[] = [
  { findings: 2_000, edges: 100, rows: 500, reasons: 50, text: 500 },
  { findings: 500, edges: 60, rows: 100, reasons: 20, text: 500 },
  { findings: 100, edges: 30, rows: 20, reasons: 20, text: 300 },
  { findings: 20, edges: 12, rows: 5, reasons: 10, text: 200 },
  { findings: 5, edges: 0, rows: 0, reasons: 3, text: 120 },
  { findings: 0, edges: 0, rows: 0, reasons: 1, text: 80 },
];

const MARKS: Readonly<Record<Verdict, string>> = { PASS: '✅', FAIL: '❌', INCONCLUSIVE: '❔' };

/**
 * The report for people, in GitHub's Markdown, of at most `maxSize` as `sizeOf` measures it (bytes
 * of UTF-8). Where all of it would be more, it shows less and says what is left out; the verdict
 * always stands.
 */
export function renderMarkdown(
  judgement: Judgement,
  maxSize = JOB_SUMMARY_BYTES,
  sizeOf?: (text: string) => number,
): string {
  return fullest(STAGES, (limits) => render(judgement, limits), maxSize, sizeOf);
}

function render(judgement: Judgement, limits: Limits): string {
  const sections = [
    verdictSection(judgement, limits),
    findingsSection(judgement.findings, limits),
    policySection(judgement, limits),
    graphSection(judgement, limits),
    coverageSection(judgement.coverage, limits),
    captureSection(judgement.capture, limits),
    originSection(judgement, limits),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function originSection({ baselineOrigin }: Judgement, limits: Limits): string {
  if (!baselineOrigin) return '';
  return `Baseline from ${forMarkdown(originLine(baselineOrigin), limits.text)}`;
}

function verdictSection({ verdict, reasons, findings }: Judgement, limits: Limits): string {
  const lines = [`# ${MARKS[verdict]} Wireproof: ${verdict}`, ''];
  for (const reason of reasons.slice(0, limits.reasons)) {
    lines.push(`- ${forMarkdown(reason, limits.text)}`);
  }
  const left = reasons.length - limits.reasons;
  if (left > 0) lines.push(`- … and ${counted(left, 'more reason')}`);
  const severities = (['breaking', 'warning', 'info'] as const)
    .map((severity) => [severity, findings.filter((f) => f.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`);
  if (severities.length > 0) {
    const accepted = findings.filter((finding) => finding.accepted).length;
    const told = accepted === 0 ? '' : `; ${accepted} accepted`;
    lines.push('', `${counted(findings.length, 'finding')}: ${severities.join(', ')}${told}.`);
  }
  return lines.join('\n');
}
