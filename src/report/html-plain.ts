import { forHtml } from '../support/escape.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { valueWords } from './finding-values.ts';
import { weightOf } from './finding-weight.ts';
import { counted } from './words.ts';

const MAX_FINDINGS = 50;
const MAX_REASONS = 50;

/** The verdict, its reasons and the worst findings for a browser without scripts. */
export function plainReport({ verdict, reasons, findings }: Judgement): string {
  const items = findings
    .slice(0, MAX_FINDINGS)
    .map(
      (finding) =>
        `<li><b>${weightOf(finding)}</b> <code>${forHtml(finding.operation)}</code><br>${forHtml(finding.summary)}<br>` +
        `before ${forHtml(valueWords(finding, finding.baseline))}, after ${forHtml(valueWords(finding, finding.candidate))}</li>`,
    );
  const left = findings.length - items.length;
  return [
    '<main class="plain">',
    `<h1>Wireproof: ${verdict}</h1>`,
    `<ul>${reasons
      .slice(0, MAX_REASONS)
      .map((reason) => `<li>${forHtml(reason)}</li>`)
      .join('')}</ul>`,
    items.length > 0
      ? `<h2>${counted(findings.length, 'finding')}</h2><ol>${items.join('')}</ol>`
      : '',
    left > 0 ? `<p>${left} more in report.json.</p>` : '',
    '<noscript><p>Charts, the call graph, evidence and how to accept a finding need JavaScript, which is part of this file.</p></noscript>',
    '</main>',
  ].join('');
}
