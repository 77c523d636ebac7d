import type { Listed, Summary } from '../../monitor/summary/summary.ts';
import { asMarkdownCode, forMarkdown } from '../../support/escape.ts';
import { table } from '../markdown-table.ts';
import { counted, grouped } from '../words.ts';
import { alertRow, SEVERITY_MARKS } from './alert-row.ts';
import { byteWords, lasting, milliseconds, rate, shareWords } from './quantities.ts';

/** Characters of a name in a table. */
const NAME = 160;
const PER_CENT_SHOWN = 'error share (95 % interval)';

/** A summary for people, in GitHub's Markdown; bounded by what a summary lists. */
export function renderSummary(summary: Summary): string {
  const sections = [
    head(summary),
    alertSection('Firing', summary.firing, new Set(summary.began.list.map(({ id }) => id))),
    alertSection('Ended', summary.ended),
    talkerSection(summary),
    errorSection(summary),
    slowSection(summary),
    gapSection(summary),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function head(summary: Summary): string {
  const { scope, start, end, observedSeconds, calls, callsPerSecond, errors, firing } = summary;
  const [worst] = firing.list;
  const seen = calls > 0 && summary.blind.length === 0;
  const mark = worst ? SEVERITY_MARKS[worst.severity] : seen ? '🟢' : '⚪';
  const whole = Math.round((Date.parse(end) - Date.parse(start)) / 1000);
  const observed =
    observedSeconds < whole
      ? ` (looked at ${lasting(observedSeconds * 1000)} of ${lasting(whole * 1000)})`
      : '';
  const total = firing.list.length + firing.leftOut;
  return [
    `## ${mark} ${forMarkdown(scope, NAME)}: ${times(start, end)}`,
    '',
    `- ${counted(calls, 'call')}${observed}, ${rate(callsPerSecond)}`,
    `- ${
      calls === 0
        ? 'no error share without calls'
        : `${shareWords(errors.share)} failed (${interval(errors)}), ${grouped(errors.failures)} of ${grouped(calls)}; ${grouped(errors.rejections)} declined by the caller's fault`
    }`,
    `- ${total === 0 ? 'nothing fires' : `${counted(total, 'alert')} firing`}; ${anomalies(summary)}`,
    `- learned: ${forMarkdown(summary.learned, NAME)}`,
  ].join('\n');
}

function anomalies({ anomalies: counts }: Summary): string {
  const told = Object.entries(counts).map(([category, count]) => `${count} of ${category}`);
  return told.length === 0 ? 'no anomaly began' : `anomalies that began: ${told.join(', ')}`;
}

/** Those that began in the period are marked as new. */
function alertSection(
  title: string,
  { list, leftOut }: Summary['firing'],
  began: ReadonlySet<string> = new Set(),
): string {
  if (list.length === 0) return '';
  const rows = table(
    ['severity', 'rule', 'what', 'since', 'for'],
    list.map((line) => alertRow(line, began.has(line.id))),
  );
  return `### ${title}\n\n${rows}${more(leftOut)}`;
}

function talkerSection({ talkers }: Summary): string {
  const { callersByCalls, workloadsByCalls, workloadsByBytes, flowsByBytes } = talkers;
  return [
    listSection('Top callers', callersByCalls, ['caller', 'calls', 'failed'], (one) => [
      code(one.workload),
      grouped(one.calls),
      grouped(one.failures),
    ]),
    listSection(
      'Most called',
      workloadsByCalls,
      ['workload', 'calls', 'failed', 'bytes of messages'],
      (one) => [
        code(one.workload),
        grouped(one.calls),
        grouped(one.failures),
        byteWords(one.bytes),
      ],
    ),
    listSection('Most bytes of messages', workloadsByBytes, ['workload', 'bytes'], (one) => [
      code(one.workload),
      byteWords(one.bytes),
    ]),
    flowsByBytes
      ? listSection(
          'Most bytes on the wire',
          flowsByBytes,
          ['from', 'to', 'bytes', 'connections'],
          (one) => [
            code(one.client),
            `${code(one.server)}${one.port === null ? '' : `:${one.port}`}${one.outside ? ' (outside)' : ''}`,
            byteWords(one.bytes),
            grouped(one.connections),
          ],
        )
      : '',
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

function errorSection({ worstErrorShares }: Summary): string {
  return listSection(
    'Worst error shares',
    worstErrorShares,
    ['operation', PER_CENT_SHOWN, 'failed', 'usual'],
    (one) => [
      code(one.operation),
      `${shareWords(one.share)} (${interval(one)})`,
      `${grouped(one.failures)} of ${grouped(one.calls)}`,
      one.usual === null ? '–' : shareWords(one.usual),
    ],
  );
}

function slowSection({ slowest }: Summary): string {
  return listSection('Slowest', slowest, ['operation', 'P95', 'usual', 'calls'], (one) => [
    code(one.operation),
    milliseconds(one.p95),
    one.usual === null ? '–' : milliseconds(one.usual),
    grouped(one.calls),
  ]);
}

function gapSection({ problems, blind, operationsNotToldApart }: Summary): string {
  const lines = [
    ...blind.map(
      ({ since, reason }) =>
        `- could not ask the Hub, since ${forMarkdown(since, NAME)}: ${forMarkdown(reason)}`,
    ),
    ...problems.map(
      ({ code: name, message, slots }) =>
        `- ${forMarkdown(name, NAME)} in ${counted(slots, 'interval')}: ${forMarkdown(message)}`,
    ),
    ...(operationsNotToldApart > 0
      ? [`- ${counted(operationsNotToldApart, 'operation')} too many to be told apart`]
      : []),
  ];
  return lines.length === 0 ? '' : `### What was not seen\n\n${lines.join('\n')}`;
}

function listSection<T>(
  title: string,
  { list, leftOut }: Listed<T>,
  columns: readonly string[],
  row: (one: T) => readonly string[],
): string {
  if (list.length === 0) return '';
  return `### ${title}\n\n${table(columns, list.map(row))}${more(leftOut)}`;
}

function more(leftOut: number): string {
  return leftOut === 0 ? '' : `\n\n${grouped(leftOut)} more left out here.`;
}

function interval({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${shareWords(low)} to ${shareWords(high)}`;
}

function times(start: string, end: string): string {
  const sameDay = start.slice(0, 10) === end.slice(0, 10);
  return `${minute(start)} to ${sameDay ? minute(end).slice(11) : minute(end)} UTC`;
}

function minute(at: string): string {
  return at.endsWith(':00.000Z') ? `${at.slice(0, 10)} ${at.slice(11, 16)}` : seconds(at);
}

function seconds(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)}`;
}

const code = (name: string) => asMarkdownCode(name, NAME);
