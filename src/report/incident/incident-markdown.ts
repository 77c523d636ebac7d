import type { Investigation, RootCause } from '../../incident/investigation.ts';
import { asMarkdownCode, forMarkdown } from '../../support/escape.ts';
import { fullest, JOB_SUMMARY_BYTES } from '../fullest.ts';
import { details, leftOut } from '../markdown-table.ts';
import { affectedSection, cascadeSection, timelineSection } from './incident-markdown-tables.ts';
import type { TimeOptions } from './incident-text.ts';
import {
  callWords,
  flowWords,
  headlineOf,
  impactWords,
  KIND_WORDS,
  knownGoodWords,
  onsetWords,
  placeWords,
  SHAPE_WORDS,
  sureWords,
  understoodWords,
  windowWords,
} from './incident-words.ts';
import { safeLink } from './safe-link.ts';
import { type Times, timesIn } from './times.ts';

/** How much of each part is shown; later stages show less. */
export interface IncidentLimits {
  /** Rows of each table and list. */
  readonly rows: number;
  /** Edges of the cascade that are drawn. */
  readonly edges: number;
  /** Calls of one cause. */
  readonly calls: number;
  /** Characters of one text. */
  readonly text: number;
}

const STAGES: readonly IncidentLimits[] = [
  { rows: 300, edges: 60, calls: 10, text: 500 },
  { rows: 100, edges: 40, calls: 5, text: 300 },
  { rows: 25, edges: 20, calls: 3, text: 200 },
  { rows: 5, edges: 8, calls: 1, text: 160 },
  { rows: 1, edges: 0, calls: 0, text: 120 },
];

/** What was found for people, in GitHub's Markdown, of at most so many bytes; the answer always stands. */
export function renderInvestigationMarkdown(
  investigation: Investigation,
  { timeZone }: TimeOptions = {},
  maxBytes = JOB_SUMMARY_BYTES,
): string {
  const times = timesIn(timeZone);
  return fullest(STAGES, (limits) => render(investigation, times, limits), maxBytes);
}

function render(investigation: Investigation, times: Times, limits: IncidentLimits): string {
  const { rootCauses, nextChecks, ruledOut, factors, findings, abstained } = investigation;
  const { rows, text } = limits;
  const told = (words: string) => forMarkdown(words, text);
  const sections = [
    answerSection(investigation, times, limits),
    ...rootCauses
      .slice(0, rows)
      .map((cause, i) => causeSection(cause, causeTitle(i, abstained), times, limits)),
    cascadeSection(investigation, times, limits),
    timelineSection(investigation, times, limits),
    affectedSection(investigation, limits),
    listSection(
      'What contributed',
      factors.map(({ kind, at, summary, url }) => {
        const link = safeLink(url);
        const words = told(summary);
        return `${kind}: ${link === undefined ? words : `[${words}](${link})`}${at === undefined ? '' : ` (${times.both(at)})`}`;
      }),
      limits,
    ),
    listSection('Next', nextChecks.map(told), limits),
    folded(
      'Ruled out',
      ruledOut.map(({ workload, why }) => `${asMarkdownCode(workload, text)} ${told(why)}`),
      limits,
    ),
    folded(
      'Differences from known good',
      findings.map(
        ({ severity, rule, operation, summary }) =>
          `${severity} ${asMarkdownCode(rule)} ${asMarkdownCode(operation, text)}: ${told(summary)}`,
      ),
      limits,
    ),
    footSection(investigation, times, limits),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function answerSection(
  investigation: Investigation,
  times: Times,
  { rows, text }: IncidentLimits,
): string {
  const { hypothesis, abstained, began: onset, reasons, confidence, symptom } = investigation;
  const lines = [
    `# ${abstained ? '❔' : '🔎'} Wireproof: ${forMarkdown(headlineOf(investigation), text)}`,
    '',
    `**${forMarkdown(hypothesis, 1_000)}**`,
    '',
    ...(symptom.text === undefined
      ? []
      : [
          `- symptom: ${forMarkdown(symptom.text, text)} (${forMarkdown(understoodWords(symptom), text)})`,
        ]),
    ...(onset ? [`- began ${onsetWords(onset, investigation, times)}`] : []),
    `- ${impactWords(investigation)}`,
    ...(abstained ? [] : [`- confidence ${sureWords(confidence)}`]),
    ...reasons.slice(0, rows).map((reason) => `- ${forMarkdown(reason, text)}`),
  ];
  return lines.join('\n');
}

function causeTitle(nth: number, abstained: boolean): string {
  if (abstained) return `Candidate ${nth + 1}, not sure enough`;
  return nth === 0 ? 'Origin' : `Or, less likely (${nth + 1})`;
}

function causeSection(
  cause: RootCause,
  title: string,
  times: Times,
  { rows, calls, text }: IncidentLimits,
): string {
  const { kind, shape, score, explains, since, reasons, evidence } = cause;
  const lines = [
    `- ${KIND_WORDS[kind]}${shape === undefined ? '' : `: ${SHAPE_WORDS[shape]}`}`,
    `- score ${sureWords(score)}, explains ${sureWords(explains)} of the symptom${since ? `, since ${times.both(since.at)}` : ''}`,
    ...reasons.slice(0, rows).map((reason) => `- ${forMarkdown(reason, text)}`),
  ];
  const proofs = evidence
    .slice(0, calls)
    .map(
      (call) =>
        `- ${asMarkdownCode(call.callId, text)} ${forMarkdown(callWords(call, times), text)}`,
    );
  return [
    `## ${title}: ${asMarkdownCode(placeWords(cause), text)}`,
    lines.join('\n'),
    ...(proofs.length === 0 ? [] : [details('Evidence', proofs.join('\n'))]),
  ].join('\n\n');
}

function footSection(
  investigation: Investigation,
  times: Times,
  { rows, text }: IncidentLimits,
): string {
  const { knownGood, problems, snapshot } = investigation;
  const flows = flowWords(investigation, times);
  const lines = [
    `- incident: ${windowWords(investigation, times)}`,
    `- known good: ${knownGoodWords(investigation, times)}`,
    ...knownGood.doubts.slice(0, rows).map((doubt) => `- doubt: ${forMarkdown(doubt, text)}`),
    ...problems
      .slice(0, rows)
      .map(
        ({ side, code, message }) =>
          `- ${side}: ${asMarkdownCode(code, text)} ${forMarkdown(message, text)}`,
      ),
    ...(flows === undefined ? [] : [`- L4 flows ${flows}`]),
    ...(snapshot === undefined ? [] : [`- packets: snapshot ${asMarkdownCode(snapshot, text)}`]),
  ];
  return `## What was looked at\n\n${lines.join('\n')}`;
}

function listSection(title: string, items: readonly string[], { rows }: IncidentLimits): string {
  const body = listOf(items, rows);
  return body === '' ? '' : `## ${title}\n\n${body}`;
}

function folded(title: string, items: readonly string[], { rows }: IncidentLimits): string {
  const body = listOf(items, rows);
  return body === '' ? '' : details(`${title} (${items.length})`, body);
}

function listOf(items: readonly string[], rows: number): string {
  if (items.length === 0) return '';
  const shown = items.slice(0, rows).map((item) => `- ${item}`);
  return `${shown.join('\n')}${leftOut(items.length, rows, 'line')}`;
}
