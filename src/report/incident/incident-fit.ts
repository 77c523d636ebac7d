import type { Investigation } from '../../incident/investigation.ts';
import { cutTexts } from '../cut-texts.ts';
import { forScript } from '../html-data.ts';
import type { IncidentPageData } from './incident-data.ts';

/** How much of each part the page holds; later stages hold less. */
interface Limits {
  /** Items of each list. */
  readonly items: number;
  readonly calls: number;
  readonly lanes: number;
  /** Cells of one lane. */
  readonly cells: number;
  /** Characters of one text. */
  readonly text: number;
}

const STAGES: readonly Limits[] = [
  { items: 3_000, calls: 50, lanes: 300, cells: 2_000, text: 1_200 },
  { items: 1_000, calls: 10, lanes: 100, cells: 1_000, text: 700 },
  { items: 200, calls: 3, lanes: 40, cells: 500, text: 300 },
  { items: 20, calls: 1, lanes: 10, cells: 200, text: 200 },
  { items: 2, calls: 0, lanes: 0, cells: 0, text: 100 },
];

/** As much of an investigation as goes into `maxBytes` of the page. */
export function fittingIncident(
  investigation: Investigation,
  timeZone: string | undefined,
  maxBytes: number,
): IncidentPageData {
  let data: IncidentPageData = { investigation, timeZone: timeZone ?? null, leftOut: 0 };
  for (const limits of STAGES) {
    data = { ...data, ...cut(investigation, limits) };
    if (Buffer.byteLength(forScript(data)) <= maxBytes) return data;
  }
  return data;
}

function cut(investigation: Investigation, limits: Limits) {
  let leftOut = 0;
  const first = <T>(items: readonly T[], max = limits.items): readonly T[] => {
    leftOut += Math.max(0, items.length - max);
    return items.slice(0, max);
  };
  const proven = <T extends { readonly evidence: readonly unknown[] }>(items: readonly T[]) =>
    first(items).map((item) => ({
      ...item,
      evidence: first(item.evidence, limits.calls),
    })) as readonly T[];
  const bounded: Investigation = {
    ...investigation,
    symptom: {
      ...investigation.symptom,
      workloads: first(investigation.symptom.workloads),
      operations: first(investigation.symptom.operations),
    },
    rootCauses: proven(investigation.rootCauses),
    cascade: proven(investigation.cascade),
    timeline: proven(investigation.timeline),
    affected: first(investigation.affected),
    factors: first(investigation.factors),
    ruledOut: first(investigation.ruledOut),
    findings: proven(investigation.findings),
    reasons: first(investigation.reasons),
    nextChecks: first(investigation.nextChecks),
    problems: first(investigation.problems),
    lanes: first(investigation.lanes, limits.lanes).map((lane) => ({
      ...lane,
      calls: first(lane.calls, limits.cells),
      failed: lane.failed.slice(0, limits.cells),
      p95: lane.p95.slice(0, limits.cells),
    })),
  };
  return { investigation: cutTexts(bounded, limits.text), leftOut };
}
