import type { CascadeStep, Investigation } from '../../incident/investigation.ts';
import { asMarkdownCode, forMarkdown } from '../../support/escape.ts';
import { renderFlowchart } from '../flowchart.ts';
import { leftOut, table } from '../markdown-table.ts';
import { grouped } from '../words.ts';
import type { IncidentLimits } from './incident-markdown.ts';
import { p95Words, placeWords, precision, stepWords, summaryBeside } from './incident-words.ts';
import type { Times } from './times.ts';

/** Mermaid draws no text longer than 50,000 characters. */
const MAX_DIAGRAM = 48_000;

/** How it spread, drawn: each arrow from what failed to who called it. */
export function cascadeSection(
  { cascade }: Investigation,
  times: Times,
  { edges }: IncidentLimits,
): string {
  if (cascade.length === 0) return '';
  const [drawing, drawn] = draw(cascade.slice(0, edges), times);
  return [
    '## How it spread',
    drawn === 0
      ? ''
      : `\n\nArrows lead from what failed to who called it.\n\n\`\`\`mermaid\n${drawing}\`\`\``,
    leftOut(cascade.length, drawn, 'edge'),
  ].join('');
}

/** As many of the steps as Mermaid draws, the first ones; and their number. */
function draw(steps: readonly CascadeStep[], times: Times): [drawing: string, drawn: number] {
  if (steps.length === 0) return ['', 0];
  const drawing = renderFlowchart(
    steps.map((step) => ({
      from: placeWords(step.from),
      to: placeWords(step.to),
      label: `${stepWords(step)}${step.since ? `, ${times.clock(step.since.at)} UTC` : ''}`,
      marked: true,
    })),
  );
  if (drawing.length <= MAX_DIAGRAM) return [drawing, steps.length];
  return draw(steps.slice(0, Math.floor(steps.length / 2)), times);
}

/** What happened when, in UTC and beside it. */
export function timelineSection(
  { timeline }: Investigation,
  times: Times,
  { rows, calls, text }: IncidentLimits,
): string {
  if (timeline.length === 0) return '';
  const { zone } = times;
  const head = ['UTC', ...(zone === undefined ? [] : [forMarkdown(zone)]), 'Where', 'What'];
  const cells = timeline.slice(0, rows).map((entry) => {
    const { at, from, to, kind, evidence, ...where } = entry;
    const words = [
      `${kind}: ${forMarkdown(summaryBeside(entry), text)}`,
      ...(from === undefined || to === undefined ? [] : [precision({ from, to }, times)]),
      ...evidence
        .slice(0, Math.min(calls, 2))
        .map(({ callId }) => `evidence ${asMarkdownCode(callId, text)}`),
    ];
    const place = where.operation ?? where.workload;
    return [
      times.utc(at).replace(/ UTC$/, ''),
      ...(zone === undefined ? [] : [times.local(at) ?? '']),
      place === undefined ? '' : asMarkdownCode(place, text),
      words.join('<br>'),
    ];
  });
  return `## Timeline\n\n${table(head, cells)}${leftOut(timeline.length, rows, 'line')}`;
}

/** What users felt, an operation a row. */
export function affectedSection(
  { affected }: Investigation,
  { rows, text }: IncidentLimits,
): string {
  if (affected.length === 0) return '';
  const cells = affected
    .slice(0, rows)
    .map(({ operation, calls, troubled, failed, p95 }) => [
      asMarkdownCode(operation, text),
      grouped(calls),
      grouped(failed),
      grouped(troubled),
      p95Words(p95),
    ]);
  const head = ['Operation', 'Calls', 'Failed', 'Failed or slow', 'P95'];
  return `## What users felt\n\n${table(head, cells)}${leftOut(affected.length, rows, 'operation')}`;
}
