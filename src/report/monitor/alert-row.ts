import type { AlertSeverity } from '../../monitor/alert-rule.ts';
import type { Subject } from '../../monitor/subject.ts';
import type { AlertLine } from '../../monitor/summary/summary.ts';
import { asMarkdownCode, forMarkdown } from '../../support/escape.ts';
import { lasting } from './quantities.ts';

export const SEVERITY_MARKS: Readonly<Record<AlertSeverity, string>> = {
  critical: '🔴',
  warning: '🟠',
  info: '🔵',
};

const NAME = 160;

/** An alert as a row of a Markdown table: severity, rule, what, since when, how long. */
export function alertRow(alert: AlertLine, isNew = false): string[] {
  const { severity, rule, subject, summary, since, duration, silenced } = alert;
  const quiet = silenced === undefined ? '' : `<br>silenced: ${forMarkdown(silenced, NAME)}`;
  return [
    `${SEVERITY_MARKS[severity]} ${severity}`,
    asMarkdownCode(rule, NAME),
    `${asMarkdownCode(subjectWords(subject), NAME)}<br>${forMarkdown(summary)}${quiet}`,
    `${since.slice(0, 10)} ${since.slice(11, 19)}`,
    `${lasting(duration)}${isNew ? ', new' : ''}`,
  ];
}

/** `gateway → orders GET /orders/{id} (host)`: plain text, not escaped for any format. */
export function subjectWords({ workload, operation, caller, detail }: Subject): string {
  return [
    caller === undefined ? '' : `${caller} → `,
    operation ?? workload,
    detail === undefined ? '' : ` (${detail})`,
  ].join('');
}
