import type { Investigation, RootCause } from '../../incident/investigation.ts';
import { visible } from '../../support/escape.ts';
import { milliseconds } from '../monitor/quantities.ts';
import { grouped } from '../words.ts';
import {
  flowWords,
  headlineOf,
  impactWords,
  KIND_WORDS,
  knownGoodWords,
  onsetWords,
  p95Words,
  placeWords,
  precision,
  SHAPE_WORDS,
  stepWords,
  sureWords,
  understoodWords,
  windowWords,
} from './incident-words.ts';
import { type Times, timesIn } from './times.ts';

/** Lines of one list; `--json` has all. */
const MAX_ROWS = 20;
const MAX_CALLS = 3;

/** How an investigation's times are told. */
export interface TimeOptions {
  /** Beside UTC. */
  readonly timeZone?: string | undefined;
}

/** What was found, for a terminal: the answer first, without colours. */
export function renderInvestigationText(
  investigation: Investigation,
  { timeZone }: TimeOptions = {},
): string {
  const times = timesIn(timeZone);
  const lines = [
    ...answerLines(investigation, times),
    ...storyLines(investigation, times),
    ...groundLines(investigation, times),
  ];
  return `${lines.join('\n')}\n`;
}

function answerLines(investigation: Investigation, times: Times): string[] {
  const { hypothesis, confidence, began, reasons, rootCauses, abstained, symptom } = investigation;
  return [
    visible(headlineOf(investigation)),
    `  ${visible(hypothesis)}`,
    `  ${abstained ? '' : `confidence ${sureWords(confidence)}; `}${impactWords(investigation)}`,
    ...(began ? [`  began ${onsetWords(began, investigation, times)}`] : []),
    ...(symptom.text === undefined
      ? []
      : [`  symptom: ${visible(symptom.text)} (${visible(understoodWords(symptom))})`]),
    ...list(
      'why nothing is named',
      reasons.map((reason) => visible(reason)),
    ),
    ...list('timeline', timelineLines(investigation, times)),
    ...rootCauses.flatMap((cause, i) => causeLines(cause, causeTitle(i, abstained), times)),
  ];
}

/** How it spread, whom it hurt, and what else there was. */
function storyLines(investigation: Investigation, times: Times): string[] {
  const { cascade, affected, factors, ruledOut, findings, nextChecks } = investigation;
  return [
    ...list(
      'how it spread',
      cascade.map(
        (step) =>
          `${visible(placeWords(step.from))} → ${visible(placeWords(step.to))}: ${stepWords(step)}${step.since ? `, since ${times.clock(step.since.at)} UTC` : ''}`,
      ),
    ),
    ...list(
      'what users felt',
      affected.map(
        ({ operation, calls, troubled, failed, p95 }) =>
          `${visible(operation)}: ${grouped(troubled)} of ${grouped(calls)} calls, ${grouped(failed)} failed; P95 ${p95Words(p95)}`,
      ),
    ),
    ...list(
      'what contributed',
      factors.map(
        ({ kind, at, summary, url }) =>
          `${kind}: ${visible(summary)}${at === undefined ? '' : ` (${times.utc(at)})`}${url === undefined ? '' : ` ${visible(url)}`}`,
      ),
    ),
    ...list(
      'ruled out',
      ruledOut.map(({ workload, why }) => `${visible(workload)}: ${visible(why)}`),
    ),
    ...list(
      'differences from known good',
      findings.map(
        ({ severity, rule, operation, summary }) =>
          `${severity} ${rule} ${visible(operation)}: ${visible(summary)}`,
      ),
    ),
    ...list(
      'next',
      nextChecks.map((check) => visible(check)),
    ),
  ];
}

/** What was looked at, and how whole that was. */
function groundLines(investigation: Investigation, times: Times): string[] {
  const { knownGood, problems, snapshot } = investigation;
  const flows = flowWords(investigation, times);
  return [
    '',
    `incident: ${windowWords(investigation, times)}`,
    `known good: ${knownGoodWords(investigation, times)}`,
    ...knownGood.doubts.map((doubt) => `  doubt: ${visible(doubt)}`),
    ...problems.map(
      ({ side, code, message }) => `  ${side}: ${visible(code)}: ${visible(message)}`,
    ),
    ...(flows === undefined ? [] : [`L4 flows ${flows}`]),
    ...(snapshot === undefined ? [] : [`snapshot: ${visible(snapshot)}`]),
  ];
}

function timelineLines({ timeline }: Investigation, times: Times): string[] {
  return timeline.map(({ at, from, to, kind, summary, ...place }) => {
    const beside = times.local(at);
    const name = place.workload === undefined ? '' : placeWords(place as Place);
    const where = name === '' || summary.startsWith(name) ? '' : ` ${visible(name)}`;
    const when =
      from === undefined || to === undefined ? '' : ` (${precision({ from, to }, times)})`;
    return `${times.utc(at)}${beside === undefined ? '' : ` / ${beside}`} ${kind}${where}: ${visible(summary)}${when}`;
  });
}

type Place = { readonly workload: string; readonly operation?: string };

function causeTitle(nth: number, abstained: boolean): string {
  if (abstained) return `candidate ${nth + 1}, not sure enough`;
  return nth === 0 ? 'origin' : `or (${nth + 1})`;
}

function causeLines(cause: RootCause, title: string, times: Times): string[] {
  const { kind, shape, score, explains, since, reasons, evidence } = cause;
  return [
    '',
    `${title}: ${visible(placeWords(cause))}, ${KIND_WORDS[kind]}${shape === undefined ? '' : ` (${SHAPE_WORDS[shape]})`}`,
    `  score ${sureWords(score)}, explains ${sureWords(explains)} of the symptom${since ? `, since ${times.utc(since.at)}` : ''}`,
    ...bounded(reasons.map((reason) => `  ${visible(reason)}`)),
    ...(evidence.length === 0 ? [] : [`  evidence: ${evidenceWords(evidence)}`]),
  ];
}

function evidenceWords(evidence: RootCause['evidence']): string {
  return evidence
    .slice(0, MAX_CALLS)
    .map(({ callId, status, latency }) => {
      const told = [status, latency === undefined ? undefined : milliseconds(latency)]
        .filter((part) => part !== undefined)
        .map((part) => visible(part));
      return told.length === 0 ? visible(callId) : `${visible(callId)} (${told.join(', ')})`;
    })
    .join(', ');
}

function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return ['', `${title}:`, ...bounded(lines.map((line) => `  ${line}`))];
}

function bounded(lines: readonly string[]): string[] {
  if (lines.length <= MAX_ROWS) return [...lines];
  return [...lines.slice(0, MAX_ROWS), `  … and ${lines.length - MAX_ROWS} more (--json has all)`];
}
