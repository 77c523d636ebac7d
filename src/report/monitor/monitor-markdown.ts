import type { Alert } from '../../monitor/alert.ts';
import { worstFirst } from '../../monitor/summary/alert-lines.ts';
import type { Summary } from '../../monitor/summary/summary.ts';
import { asMarkdownCode, forMarkdown } from '../../support/escape.ts';
import { fullest, JOB_SUMMARY_BYTES } from '../fullest.ts';
import { details } from '../markdown-table.ts';
import { counted, grouped } from '../words.ts';
import { SEVERITY_MARKS, subjectWords } from './alert-row.ts';
import { measured, sure } from './alert-words.ts';
import { lasting } from './quantities.ts';
import { renderSummary } from './summary-markdown.ts';

/** How much is shown; later stages show less. */
interface Limits {
  readonly alerts: number;
  readonly calls: number;
  readonly summaries: number;
}

const STAGES: readonly Limits[] = [
  { alerts: 100, calls: 5, summaries: 20 },
  { alerts: 50, calls: 2, summaries: 5 },
  { alerts: 20, calls: 1, summaries: 1 },
  { alerts: 5, calls: 0, summaries: 0 },
  { alerts: 0, calls: 0, summaries: 0 },
];

/** What a monitor found in one pass: what fires, with evidence, and what the traffic was. */
export function renderMonitor(
  alerts: readonly Alert[],
  summaries: readonly Summary[],
  maxBytes = JOB_SUMMARY_BYTES,
): string {
  return fullest(STAGES, (limits) => render(alerts, summaries, limits), maxBytes);
}

function render(
  alerts: readonly Alert[],
  summaries: readonly Summary[],
  { alerts: most, calls, summaries: mostSummaries }: Limits,
): string {
  const sorted = worstFirst(alerts);
  const loud = sorted.filter(({ silenced }) => silenced === undefined);
  const [worst] = loud;
  const mark = worst ? SEVERITY_MARKS[worst.severity] : seen(summaries) ? '🟢' : '⚪';
  const word = worst ? `${counted(loud.length, 'alert')} firing` : 'nothing fires';
  const left = sorted.length - most;
  return [
    `# ${mark} Wireproof: ${word}`,
    ...sorted.slice(0, most).map((alert) => alertSection(alert, calls)),
    ...(left > 0 ? [`${grouped(left)} more alerts left out here.`] : []),
    ...summaries.slice(0, mostSummaries).map((summary) => renderSummary(summary).trimEnd()),
  ].join('\n\n');
}

function seen(summaries: readonly Summary[]): boolean {
  return summaries.length > 0 && summaries.every(({ calls, blind }) => calls > 0 && !blind.length);
}

function alertSection(alert: Alert, calls: number): string {
  const { severity, rule, subject, summary, duration, since, kfl, silenced, snapshot } = alert;
  const lines = [
    `- ${forMarkdown(summary)}`,
    `- ${forMarkdown(measured(alert))}; since ${since.slice(0, 10)} ${since.slice(11, 19)} UTC, for ${lasting(duration)}`,
    `- checked: ${forMarkdown(alert.checked)}; learned: ${forMarkdown(alert.learned)}; ${sure(alert)}`,
    ...(silenced === undefined ? [] : [`- silenced: ${forMarkdown(silenced)}`]),
    ...(snapshot === undefined ? [] : [`- packets: snapshot ${asMarkdownCode(snapshot)}`]),
    ...alert.effects
      .slice(0, calls * 4)
      .map(
        (one) => `- ↳ ${asMarkdownCode(subjectWords(one.subject))}: ${forMarkdown(one.summary)}`,
      ),
  ];
  const proofs = alert.evidence.slice(0, calls).map(({ callId, caller, status, note }) => {
    const told = [`from ${caller}`, status, note].filter((part) => part !== undefined).join(', ');
    return `- ${asMarkdownCode(callId)} ${forMarkdown(told)}`;
  });
  const filter = calls > 0 && kfl !== '' ? [`KFL: ${asMarkdownCode(kfl, 2_000)}`] : [];
  return [
    `## ${SEVERITY_MARKS[severity]} ${asMarkdownCode(rule)} ${asMarkdownCode(subjectWords(subject))}`,
    lines.join('\n'),
    ...(proofs.length + filter.length > 0
      ? [details('Evidence', [...proofs, ...filter].join('\n\n'))]
      : []),
  ].join('\n\n');
}
