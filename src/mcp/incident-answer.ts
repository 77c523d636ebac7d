import { z } from 'zod';
import { iso, percentToTenths } from '../support/quantity.ts';
import type { Answer } from './answer.ts';
import { harmless, UNTRUSTED } from './fence.ts';
import { itemData, itemSchema } from './fields.ts';
import { type Item, itemsOf, type Part } from './parts.ts';
import type { Report } from './report.ts';

/** As many of each part; list_findings gives the rest. */
const SHOWN = {
  causes: 5,
  cascade: 10,
  timeline: 15,
  affected: 10,
  factors: 10,
  ruled_out: 10,
  findings: 5,
} as const satisfies Record<Part, number>;
const MAX_REASONS = 10;

const partSchema = z.object({ total: z.int(), items: z.array(itemSchema) });

/** What investigate_incident gives. */
export const incidentSchema = z.object({
  report: z.string().describe('for list_findings and explain_finding'),
  abstained: z.boolean().describe('true: not enough evidence to name an origin'),
  confidence: z.number().describe('0…1'),
  onset: z
    .object({ at: z.string(), from: z.string(), to: z.string() })
    .optional()
    .describe('ISO 8601, and the 95 % interval that holds it; absent where none was found'),
  impact: z
    .object({ before: z.number(), after: z.number() })
    .describe("share of users' requests that failed or were too slow, 0…1"),
  calls: z.object({ incident: z.int(), known_good: z.int() }),
  parts: z.object(
    Object.fromEntries(Object.keys(SHOWN).map((part) => [part, partSchema])) as Record<
      Part,
      typeof partSchema
    >,
  ),
  untrusted: z
    .object({
      hypothesis: z.string(),
      reasons: z.array(z.string()),
      next_checks: z.array(z.string()),
      doubts: z.array(z.string()).describe('what speaks against the known-good traffic being good'),
    })
    .describe(UNTRUSTED),
});

type IncidentReport = Extract<Report, { kind: 'incident' }>;

/** An investigation within bounds, and how to ask for the rest. */
export function incidentAnswer(report: IncidentReport): Answer<z.input<typeof incidentSchema>> {
  const { id, investigation: found } = report;
  const { began: onset, abstained, confidence, impact, hypothesis, window, knownGood } = found;
  const parts = (Object.keys(SHOWN) as Part[]).map(
    (part) => [part, itemsOf(report, part)] as const,
  );
  const texts = {
    hypothesis,
    reasons: found.reasons.slice(0, MAX_REASONS),
    next_checks: found.nextChecks.slice(0, MAX_REASONS),
    doubts: knownGood.doubts?.slice(0, MAX_REASONS) ?? [],
  };
  return {
    says: [
      abstained
        ? 'Not enough evidence to name an origin; causes, where any are listed, are candidates that may as well be chance.'
        : `An origin is named with confidence ${confidence.toFixed(2)}.`,
      `Onset: ${onset ? `${iso(onset.at)} (${iso(onset.from)} to ${iso(onset.to)})` : 'none found'}. Requests of users that failed or were too slow: ${percentToTenths(impact.before)} before, ${percentToTenths(impact.after)} after. Report: ${id}`,
      `Calls: ${window.calls} of the incident, ${knownGood.calls} known good.`,
    ],
    untrusted: [
      hypothesis,
      ...texts.reasons,
      ...parts.flatMap(([part, items]) => linesOf(part, items)),
      ...texts.next_checks.map((line) => `to check next: ${line}`),
      ...texts.doubts.map((line) => `doubt about the known-good traffic: ${line}`),
    ],
    next: [
      `explain_finding with report "${id}" and an id (c1) gives one whole with its evidence; list_findings with a part gives the rest of a list.`,
    ],
    data: {
      report: id,
      abstained,
      confidence,
      ...(onset && { onset: { at: iso(onset.at), from: iso(onset.from), to: iso(onset.to) } }),
      impact: { before: impact.before, after: impact.after },
      calls: { incident: window.calls, known_good: knownGood.calls },
      parts: Object.fromEntries(
        parts.map(([part, items]) => [
          part,
          { total: items.length, items: items.slice(0, SHOWN[part]).map(itemData) },
        ]),
      ) as Record<Part, z.input<typeof partSchema>>,
      untrusted: harmless(texts, 500),
    },
  };
}

function linesOf(part: Part, items: readonly Item[]): string[] {
  if (items.length === 0) return [];
  const most = SHOWN[part];
  return [
    `${part.replace('_', ' ')}:`,
    ...items.slice(0, most).map(({ id, line }) => `  ${id} ${line}`),
    ...(items.length > most ? [`  … and ${items.length - most} more`] : []),
  ];
}
