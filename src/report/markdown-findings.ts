import type { Finding } from '../compare/finding.ts';
import { asMarkdownCode, forMarkdown } from '../support/escape.ts';
import type { Limits } from './markdown.ts';
import { leftOut, table } from './markdown-table.ts';
import { acceptedWords } from './policy-words.ts';
import { grouped, shown } from './words.ts';

const HEAD = ['Severity', 'Operation', 'What changed', 'Before', 'After', 'Samples', 'Evidence'];

/** The findings, in their order: worst first. */
export function findingsSection(findings: readonly Finding[], limits: Limits): string {
  if (findings.length === 0) return '';
  const rows = findings.slice(0, limits.findings).map((finding) => row(finding, limits));
  const left = leftOut(findings.length, limits.findings, 'finding');
  return `## Findings\n\n${table(HEAD, rows)}${left}`;
}

function row(finding: Finding, { text }: Limits): string[] {
  const { operation, severity, baseline, candidate, samples, accepted } = finding;
  const weight = accepted ? `${severity}, accepted` : severity;
  return [
    severity === 'breaking' && !accepted ? `**${weight}**` : weight,
    asMarkdownCode(operation, text),
    whatChanged(finding, text),
    asMarkdownCode(shown(baseline), text),
    asMarkdownCode(shown(candidate), text),
    `${grouped(samples.baseline)} → ${grouped(samples.candidate)}`,
    evidence(finding, text),
  ];
}

function whatChanged(finding: Finding, text: number): string {
  const { rule, category, path, caller, chain, causedBy, summary, secondOpinion, accepted } =
    finding;
  const parts = [
    forMarkdown(summary, text),
    `${asMarkdownCode(rule, text)} (${category})${path === undefined ? '' : ` at ${asMarkdownCode(path, text)}`}`,
  ];
  if (caller !== undefined) parts.push(`seen by ${asMarkdownCode(caller, text)}`);
  if (chain && chain.length > 1) {
    parts.push(`by way of ${chain.map((step) => asMarkdownCode(step, text)).join(' → ')}`);
  }
  if (accepted) parts.push(forMarkdown(acceptedWords(accepted), text));
  if (causedBy !== undefined) parts.push(`follows from ${asMarkdownCode(causedBy, text)}`);
  if (secondOpinion === 'disagrees') parts.push('a second method does not see this change');
  return parts.join('<br>');
}

function evidence({ evidence: proofs }: Finding, text: number): string {
  if (proofs.length === 0) return '–';
  return proofs
    .slice(0, 6)
    .map(({ callId, side, note }) => {
      const told = note === undefined ? '' : `: ${forMarkdown(note, text)}`;
      return `${side} ${asMarkdownCode(callId, text)}${told}`;
    })
    .join('<br>');
}
