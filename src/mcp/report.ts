import { z } from 'zod';
import type { Finding } from '../compare/finding.ts';
import type { Investigation } from '../incident/investigation.ts';
import type { Judgement } from '../verdict/judgement.ts';

/** A verdict or an investigation that clients may ask about. */
export type Report =
  | { readonly id: string; readonly kind: 'verdict'; readonly judgement: Judgement }
  | { readonly id: string; readonly kind: 'incident'; readonly investigation: Investigation };

const count = z.number();
const side = z.object({ calls: count, start: z.number().nullable(), end: z.number().nullable() });
const problems = z.array(z.object({ code: z.string(), message: z.string() }));
const capture = side.extend({ duplicates: count, badRecords: count, problems });
const evidence = z.array(z.looseObject({ callId: z.string() }));
const value = z.union([z.string(), z.number(), z.null()]);
const severity = z.enum(['breaking', 'warning', 'info']);

const finding = z.looseObject({
  id: z.string().optional(),
  rule: z.string(),
  category: z.string(),
  severity,
  operation: z.string(),
  caller: z.string().optional(),
  path: z.string().optional(),
  summary: z.string(),
  baseline: value,
  candidate: value,
  samples: z.object({ baseline: count, candidate: count }),
  evidence,
  chain: z.array(z.string()).optional(),
  causedBy: z.string().optional(),
  undecided: z.string().optional(),
  accepted: z.object({ reason: z.string(), expires: z.string() }).loose().optional(),
});

/** What of `report.json` is asked about here; the rest is taken as it is. */
const judgementFile = z.looseObject({
  schemaVersion: z.literal(1),
  verdict: z.enum(['PASS', 'FAIL', 'INCONCLUSIVE']),
  reasons: z.array(z.string()),
  findings: z.array(finding),
  coverage: z.looseObject({
    comparedShare: count,
    operations: z.object({ baseline: count, candidate: count, compared: count }),
    notCovered: z.array(z.looseObject({ operation: z.string() })),
    notChecked: z.array(z.looseObject({ operation: z.string() })),
  }),
  capture: z.looseObject({ baseline: capture.loose(), candidate: capture.loose() }),
});

const place = z.looseObject({ workload: z.string(), operation: z.string().optional() });
const moment = z.looseObject({ at: z.number(), from: z.number(), to: z.number() });

/** The same of what `investigate --json` prints. */
const investigationFile = z.looseObject({
  schemaVersion: z.literal(1),
  window: side.loose(),
  knownGood: side.loose(),
  began: moment.nullable(),
  rootCauses: z.array(
    place.extend({
      kind: z.string(),
      score: count,
      explains: count,
      reasons: z.array(z.string()),
      evidence,
    }),
  ),
  cascade: z.array(
    z.looseObject({
      from: place,
      to: place,
      effect: z.string(),
      calls: count,
      of: count,
      evidence,
    }),
  ),
  timeline: z.array(z.looseObject({ at: z.number(), kind: z.string(), summary: z.string() })),
  affected: z.array(
    z.looseObject({ operation: z.string(), calls: count, troubled: count, failed: count }),
  ),
  impact: z.object({ before: count, after: count }),
  factors: z.array(z.looseObject({ kind: z.string(), summary: z.string() })),
  ruledOut: z.array(z.object({ workload: z.string(), why: z.string() })),
  findings: z.array(finding),
  hypothesis: z.string(),
  confidence: count,
  abstained: z.boolean(),
  reasons: z.array(z.string()),
  nextChecks: z.array(z.string()),
});

/** Reads a report from its JSON. Throws RangeError that says what is wrong with it. */
export function parseReport(id: string, json: unknown): Report {
  const verdict = judgementFile.safeParse(json);
  if (verdict.success) {
    return { id, kind: 'verdict', judgement: verdict.data as unknown as Judgement };
  }
  const incident = investigationFile.safeParse(json);
  if (incident.success) {
    return { id, kind: 'incident', investigation: incident.data as unknown as Investigation };
  }
  const { issues } = isIncident(json) ? incident.error : verdict.error;
  throw new RangeError(`${issues[0]?.path.map(String).join('.')}: ${issues[0]?.message}`);
}

export function findingsOf(report: Report): readonly Finding[] {
  return report.kind === 'verdict' ? report.judgement.findings : report.investigation.findings;
}

function isIncident(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'rootCauses' in json;
}
