import type { Finding } from '../compare/finding.ts';
import { asMarkdownCode, forMarkdown } from '../support/escape.ts';
import { valueWords } from './finding-values.ts';
import { undecidedWords, weightOf } from './finding-weight.ts';
import type { Limits } from './markdown.ts';
import { details, leftOut, table } from './markdown-table.ts';
import { nextStep } from './next-step.ts';
import { acceptedWords } from './policy-words.ts';
import { counted, grouped } from './words.ts';

const HEAD = ['Severity', 'Operation', 'What changed', 'Before', 'After', 'Samples'];
/** Calls named in the one line that they have; both sides share it. */
const MAX_CALLS = 3;

/** The findings, in their order: worst first. What is for information opens by a click. */
export function findingsSection(findings: readonly Finding[], limits: Limits): string {
  if (findings.length === 0) return '';
  const told = findings.slice(0, limits.findings);
  const tableOf = (some: readonly Finding[]) =>
    table(
      HEAD,
      some.map((finding) => row(finding, limits)),
    );
  const [open = [], folded = []] = [false, true].map((isInfo) =>
    told.filter(({ severity }) => (severity === 'info') === isInfo),
  );
  const parts = [
    '## Findings',
    tableOf(open),
    folded.length === 0
      ? ''
      : details(`${counted(folded.length, 'finding')} for information`, tableOf(folded)),
    leftOut(findings.length, limits.findings, 'finding').trim(),
    told.length === 0 ? '' : (nextStep(findings, (text) => asMarkdownCode(text)) ?? ''),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function row(finding: Finding, { text }: Limits): string[] {
  const { operation, severity, baseline, candidate, samples, accepted } = finding;
  const weight = weightOf(finding);
  return [
    severity === 'breaking' && !accepted ? `**${weight}**` : weight,
    asMarkdownCode(operation, text),
    whatChanged(finding, text),
    asMarkdownCode(valueWords(finding, baseline), text),
    asMarkdownCode(valueWords(finding, candidate), text),
    `${grouped(samples.baseline)} → ${grouped(samples.candidate)}`,
  ];
}

function whatChanged(finding: Finding, text: number): string {
  const { rule, path, caller, chain, causedBy, summary, secondOpinion, accepted } = finding;
  const parts = [
    forMarkdown(summary, text),
    `${asMarkdownCode(rule, text)}${path === undefined ? '' : ` at ${asMarkdownCode(path, text)}`}`,
  ];
  if (caller !== undefined) parts.push(`seen by ${asMarkdownCode(caller, text)}`);
  // Where a way ends is mostly the place that was just told.
  const way = chain?.at(-1) === path ? chain?.slice(0, -1) : chain;
  if (way && way.length > 1) {
    parts.push(`by way of ${way.map((step) => asMarkdownCode(step, text)).join(' → ')}`);
  }
  if (accepted) parts.push(forMarkdown(acceptedWords(accepted), text));
  const open = undecidedWords(finding);
  if (open !== undefined) parts.push(forMarkdown(open, text));
  if (causedBy !== undefined) parts.push(`follows from ${asMarkdownCode(causedBy, text)}`);
  if (secondOpinion === 'disagrees') parts.push('a second method does not see this change');
  const calls = evidenceLine(finding, text);
  if (calls !== '') parts.push(calls);
  return parts.join('<br>');
}

/** Calls to look at; those of the candidate are what is expected, so only others are said to be such. */
function evidenceLine({ evidence }: Finding, text: number): string {
  const sides = new Set(evidence.map(({ side }) => side)).size;
  const idsOf = (side: 'baseline' | 'candidate') =>
    evidence
      .filter((one) => one.side === side)
      .slice(0, Math.floor(MAX_CALLS / sides))
      .map(({ callId }) => asMarkdownCode(callId, text))
      .join(' ');
  const [before, after] = [idsOf('baseline'), idsOf('candidate')];
  if (before === '') return after === '' ? '' : `evidence ${after}`;
  return after === '' ? `evidence before ${before}` : `evidence before ${before}, after ${after}`;
}
