import type { EvidenceCall } from '../calls/evidence.ts';
import type { Investigation } from '../incident/investigation.ts';
import { iso } from '../support/quantity.ts';
import { findingsOf, type Report } from './report.ts';

/** The lists that a report holds, by the letter that the ids of their items begin with. */
export const PARTS = {
  findings: 'f',
  causes: 'c',
  cascade: 's',
  timeline: 't',
  affected: 'a',
  factors: 'x',
  ruled_out: 'r',
} as const;
export type Part = keyof typeof PARTS;
export const partNames = Object.keys(PARTS) as [Part, ...Part[]];

/** One item of a list. Everything in it but the id may come from traffic. */
export interface Item {
  /** `f3`: the third finding. */
  readonly id: string;
  /** In one line. */
  readonly line: string;
  /** All of it. */
  readonly whole: object;
}

/** The items of a part in the report's order; none where such a report has no such part. */
export function itemsOf(report: Report, part: Part): readonly Item[] {
  return listed(report, part).map(([line, whole], i) => ({
    id: `${PARTS[part]}${i + 1}`,
    line,
    whole,
  }));
}

/** An item by its id. */
export function itemOf(report: Report, id: string): Item | undefined {
  const part = partNames.find((name) => PARTS[name] === id[0]);
  return part && itemsOf(report, part)[Number(id.slice(1)) - 1];
}

type Row = readonly [line: string, whole: object];

function listed(report: Report, part: Part): readonly Row[] {
  if (part === 'findings') {
    return findingsOf(report).map((one) => [
      `${one.severity} ${one.rule} at ${one.operation}: ${one.summary}`,
      one,
    ]);
  }
  return report.kind === 'incident' ? ofIncident(report.investigation, part) : [];
}

function ofIncident(found: Investigation, part: Exclude<Part, 'findings'>): readonly Row[] {
  switch (part) {
    case 'causes':
      return found.rootCauses.map((one) => [
        `${named(one)}: ${one.kind}, score ${share(one.score)}, explains ${share(one.explains)}; ${one.reasons.join(' ')}`,
        one,
      ]);
    case 'cascade':
      return found.cascade.map((one) => [
        `${named(one.from)} → ${named(one.to)}: ${one.effect}, ${one.calls} of ${one.of} calls`,
        one,
      ]);
    case 'timeline':
      return found.timeline.map((one) => [`${iso(one.at)} ${one.kind}: ${one.summary}`, one]);
    case 'affected':
      return found.affected.map((one) => [
        `${one.operation}: ${one.troubled} of ${one.calls} calls troubled, ${one.failed} failed`,
        one,
      ]);
    case 'factors':
      return found.factors.map((one) => [`${one.kind}: ${one.summary}`, one]);
    case 'ruled_out':
      return found.ruledOut.map((one) => [`${one.workload}: ${one.why}`, one]);
  }
}

function named({
  workload,
  operation,
}: {
  readonly workload: string;
  readonly operation?: string;
}) {
  return operation ?? workload;
}

function share(value: number): string {
  return value.toFixed(2);
}

/** Calls that show an item, where it has any. */
export function evidenceIn(whole: object): readonly Pick<EvidenceCall, 'callId'>[] {
  const { evidence } = whole as { readonly evidence?: readonly Pick<EvidenceCall, 'callId'>[] };
  return evidence ?? [];
}
