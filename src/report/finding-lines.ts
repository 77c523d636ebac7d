import type { Finding } from '../compare/finding.ts';
import { visible } from '../support/escape.ts';
import { valueWords } from './finding-values.ts';
import { undecidedWords, weightOf } from './finding-weight.ts';
import { acceptedWords } from './policy-words.ts';
import { grouped } from './words.ts';

/** A finding in plain lines, each of it visible text. */
export function findingLines(finding: Finding): string[] {
  const { category, rule, operation, path, summary, samples, evidence, accepted } = finding;
  const lines = [
    `${weightOf(finding)} ${category}: ${visible(operation)}`,
    `  ${visible(summary)}`,
    `  ${rule}${path === undefined ? '' : ` at ${visible(path)}`}`,
    `  before ${visible(valueWords(finding, finding.baseline))}, after ${visible(valueWords(finding, finding.candidate))} (${grouped(samples.baseline)} → ${grouped(samples.candidate)} samples)`,
  ];
  if (accepted) lines.push(`  ${visible(acceptedWords(accepted))}`);
  const open = undecidedWords(finding);
  if (open !== undefined) lines.push(`  ${visible(open)}`);
  if (finding.causedBy !== undefined) lines.push(`  follows from ${visible(finding.causedBy)}`);
  if (evidence.length > 0) {
    const ids = evidence.map(({ callId, side }) => `${side} ${visible(callId)}`);
    lines.push(`  evidence: ${ids.join(', ')}`);
  }
  return lines;
}
