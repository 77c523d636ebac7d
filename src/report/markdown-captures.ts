import { asMarkdownCode, forMarkdown } from '../support/escape.ts';
import type { CaptureSummary, Judgement } from '../verdict/judgement.ts';
import type { Limits } from './markdown.ts';
import { leftOut, table } from './markdown-table.ts';
import { grouped, period, seconds } from './words.ts';

function skewOf({ clockSkew }: CaptureSummary, longest: number): string {
  if (!clockSkew) return '–';
  const nodes = clockSkew.nodes.map((node) => forMarkdown(node, longest));
  return `${clockSkew.ms} ms (${nodes.join(', ')})`;
}

/** The health of both captures. */
export function captureSection(capture: Judgement['capture'], limits: Limits): string {
  const sides = [capture.baseline, capture.candidate];
  const rows = [
    ['Calls', ...sides.map(({ calls }) => grouped(calls))],
    ['Period', ...sides.map(period)],
    ['Seen twice, counted once', ...sides.map(({ duplicates }) => grouped(duplicates))],
    ['Unreadable records', ...sides.map(({ badRecords }) => grouped(badRecords))],
    ['Bodies whole', ...sides.map(({ bodies }) => grouped(bodies.whole))],
    ['Bodies cut, not judged', ...sides.map(({ bodies }) => grouped(bodies.cut))],
    ['Bodies redacted, not judged', ...sides.map(({ bodies }) => grouped(bodies.redacted))],
    ['Longest silence', ...sides.map(({ silence }) => (silence ? seconds(silence.ms) : '–'))],
    ['Clocks of nodes differ by', ...sides.map((side) => skewOf(side, limits.text))],
  ];
  const problems = (['baseline', 'candidate'] as const).flatMap((side) =>
    capture[side].problems.map(
      ({ code, message }) =>
        `- ${side}: ${forMarkdown(message, limits.text)} (${asMarkdownCode(code, limits.text)})`,
    ),
  );
  const parts = ['## Captures', table(['', 'Baseline', 'Candidate'], rows)];
  if (problems.length > 0) {
    const shown = problems.slice(0, limits.reasons).join('\n');
    parts.push(`Not whole:\n\n${shown}${leftOut(problems.length, limits.reasons, 'problem')}`);
  }
  return parts.join('\n\n');
}
