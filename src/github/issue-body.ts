import type { Alert } from '../monitor/alert.ts';
import { asMarkdownCode, forMarkdown, truncate, visible } from '../support/escape.ts';

const MAX_TITLE = 200;
const MAX_EVIDENCE = 10;
const MAX_EFFECTS = 20;
const MAX_EFFECT = 200;

/** What an issue's body begins with: whose it is, and whether the alert had ended when it was written. */
export function issueMarker(id: string): string {
  return `<!-- wireproof alert=${id.replace(/[^0-9A-Za-z]/g, '')} `;
}

/** Whether the body with the marker was written for an end. */
export function saysResolved(body: string, marker: string): boolean {
  return body.startsWith(`${marker}state=resolved -->`);
}

/** Plain text: GitHub takes no markup in titles. */
export function issueTitle({ severity, subject, rule }: Alert): string {
  return truncate(`${severity}: ${rule} at ${visible(subject.workload, 120)}`, MAX_TITLE);
}

export function issueBody(alert: Alert): string {
  const { subject, evidence, effects } = alert;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['workload', asMarkdownCode(subject.workload)],
    ['operation', subject.operation && asMarkdownCode(subject.operation)],
    ['caller', subject.caller && asMarkdownCode(subject.caller)],
    ['detail', subject.detail && asMarkdownCode(subject.detail)],
    ['since', alert.since],
    ['until', alert.resolvedAt],
    ['checked', forMarkdown(alert.checked)],
    ['learned', forMarkdown(alert.learned)],
    ['calls (KFL)', asMarkdownCode(alert.kfl, 2_000)],
    ['packets', alert.snapshot && asMarkdownCode(alert.snapshot)],
    ['scope', alert.scope],
  ];
  return [
    `${issueMarker(alert.id)}state=${alert.state} -->`,
    `**${alert.state === 'resolved' ? 'Resolved' : 'Firing'}:** ${forMarkdown(alert.summary)}`,
    '',
    '| | |',
    '| --- | --- |',
    ...rows.flatMap(([name, text]) => (text ? [`| ${name} | ${text} |`] : [])),
    ...listOf(
      'Evidence',
      evidence.map(
        ({ callId, caller, operation, status, note }) =>
          `${asMarkdownCode(callId)} ${forMarkdown(caller, 100)} → ${asMarkdownCode(operation, 300)} ${forMarkdown([status, note].filter(Boolean).join(', '))}`,
      ),
      MAX_EVIDENCE,
    ),
    ...listOf(
      'Effects',
      effects.map(({ summary }) => forMarkdown(summary, MAX_EFFECT)),
      MAX_EFFECTS,
    ),
    '',
  ].join('\n');
}

function listOf(title: string, items: readonly string[], most: number): string[] {
  if (items.length === 0) return [];
  const more = items.length - most;
  return [
    '',
    `**${title}**`,
    '',
    ...items.slice(0, most).map((item) => `- ${item}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ];
}
