import type { FlowReading } from '../calls/flow.ts';
import { whatUsersFelt } from './account/affected.ts';
import { findingsOf } from './account/findings.ts';
import { hypothesisOf } from './account/hypothesis.ts';
import { lanesOf } from './account/lanes.ts';
import { originsOf } from './account/origins.ts';
import { timelineOf } from './account/timeline.ts';
import { factorsOf } from './factors/factors-of.ts';
import { failuresOf } from './failures/failures-of.ts';
import type { IncidentCase } from './incident-case.ts';
import type { Investigation } from './investigation.ts';
import { changesOf } from './onset/changes-of.ts';
import { withRejections } from './rejections.ts';
import type { Suspicion } from './suspect.ts';
import { suspectsOf } from './suspects/suspects-of.ts';
import type { Traffic } from './traffic.ts';
import { slowFrom, troubleOf } from './trouble.ts';

const MOST_RULED_OUT = 10;
const MOST_LANES = 16;

/** Where the known-good traffic came from, what speaks against it, and the incident's packets. */
export interface Provenance {
  readonly origin: Investigation['knownGood']['origin'];
  readonly doubts?: readonly string[];
  readonly snapshot?: string;
}

/**
 * From what two times of traffic show to when it began, where, how it spread and why: a pure function
 * of the case. The steps, each in its folder: changes (`onset/`), failures followed down the call graph
 * (`failures/`), suspects ranked or none (`suspects/`), what contributed (`factors/`), and the account
 * of it (`account/`).
 */
export function investigate(given: IncidentCase, provenance: Provenance): Investigation {
  const { names, good, bad, symptom, comparison, flows } = given;
  const changes = changesOf(given);
  const suspicion = suspectsOf(given, changes, failuresOf(given));
  const factors = factorsOf(given, changes);
  const from = slowFrom(given);
  const trouble = { good: troubleOf(good, from), bad: withRejections(troubleOf(bad, from), given) };
  const origins = originsOf(suspicion, given, trouble.bad, changes);
  const { rootCauses, cascade, onset } = origins;
  const { affected, impact } = whatUsersFelt(given, trouble);
  const abstained = suspicion.abstained !== undefined;
  const reasons = suspicion.abstained ?? [];
  const concerned = new Set([...origins.workloads, ...symptom.workloads]);
  return {
    schemaVersion: 1,
    symptom: byName(given),
    window: sideOf(bad),
    knownGood: { ...sideOf(good), origin: provenance.origin, doubts: provenance.doubts ?? [] },
    onset: onset?.at ?? null,
    began: onset,
    rootCauses,
    cascade,
    timeline: timelineOf(given, changes, factors, concerned),
    affected,
    impact,
    factors,
    ruledOut: ruledOut(suspicion, given),
    findings: findingsOf(
      comparison.findings,
      new Set([...concerned].map((index) => names.workloads[index] ?? '')),
    ),
    hypothesis: hypothesisOf({ ...origins, affected, factors, reasons }),
    confidence: abstained ? 0 : (rootCauses[0]?.score ?? 0),
    abstained,
    reasons,
    ...(suspicion.network && { network: suspicion.network }),
    nextChecks: suspicion.next,
    lanes: lanesOf(given, lanesWanted(concerned, given)),
    problems: [...problemsOf('incident', bad), ...problemsOf('known-good', good)],
    ...(flows && { flows: lookedAt(flows) }),
    ...(provenance.snapshot !== undefined && { snapshot: provenance.snapshot }),
  };
}

function byName({ symptom, names }: IncidentCase): Investigation['symptom'] {
  const { text, workloads, operations, understood } = symptom;
  return {
    ...(text !== undefined && { text }),
    workloads: workloads.map((index) => names.workloads[index] ?? ''),
    operations: operations.map((index) => names.operations[index]?.operation ?? ''),
    understood,
  };
}

function lookedAt({
  at,
  flows,
  totalBytes,
  truncated,
}: FlowReading): NonNullable<Investigation['flows']> {
  return { at, pairs: flows.length, totalBytes, truncated };
}

function ruledOut({ suspects }: Suspicion, { names }: IncidentCase): Investigation['ruledOut'] {
  return suspects
    .flatMap(({ workload, ruledOut: why }) =>
      why === undefined ? [] : [{ workload: names.workloads[workload] ?? '', why }],
    )
    .slice(0, MOST_RULED_OUT);
}

/** First those concerned, then the busiest. */
function lanesWanted(concerned: ReadonlySet<number>, { names, bad }: IncidentCase): number[] {
  const calls = new Int32Array(names.workloads.length);
  for (const workload of bad.callee) calls[workload] = (calls[workload] as number) + 1;
  const busiest = [...calls.keys()]
    .filter((workload) => (calls[workload] as number) > 0 && !concerned.has(workload))
    .sort((a, b) => (calls[b] as number) - (calls[a] as number) || a - b);
  return [...concerned, ...busiest].slice(0, MOST_LANES);
}

function sideOf(traffic: Traffic): Investigation['window'] {
  let linked = 0;
  for (const parent of traffic.parent) if (parent >= -1) linked++;
  const { start, end, size } = traffic;
  return { start, end, calls: size, linked };
}

function problemsOf(
  side: 'incident' | 'known-good',
  { problems, badRecords }: Traffic,
): Investigation['problems'] {
  const told = problems.map(({ code, message }) => ({ side, code, message }));
  if (badRecords === 0) return told;
  const message = `${badRecords} records could not be read`;
  return [...told, { side, code: 'bad-records', message }];
}
