import type { FlowReading } from '../calls/flow.ts';
import { whatUsersFelt } from './account/affected.ts';
import { cascadeFrom } from './account/cascade.ts';
import { cascadesOf } from './account/cascades.ts';
import { evidenceOfRows } from './account/evidence.ts';
import { findingsOf } from './account/findings.ts';
import { hypothesisOf } from './account/hypothesis.ts';
import { lanesOf } from './account/lanes.ts';
import { endAt } from './account/onset-at.ts';
import { timelineOf } from './account/timeline.ts';
import { factorsOf } from './factors/factors-of.ts';
import { failuresOf } from './failures/failures-of.ts';
import type { IncidentCase } from './incident-case.ts';
import type { CascadeStep, Investigation, Onset, RootCause } from './investigation.ts';
import { changesOf } from './onset/changes-of.ts';
import { withRejections } from './rejections.ts';
import type { Suspect, Suspicion } from './suspect.ts';
import { suspectsOf } from './suspects/suspects-of.ts';
import type { Traffic } from './traffic.ts';
import { slowFrom, troubleOf } from './trouble.ts';

const MOST_CAUSES = 5;
/** What is less likely is none of the causes. */
const LEAST_SCORE = 0.01;
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
  const abstained = suspicion.abstained !== undefined;
  const stand = !abstained || suspicion.candidates === true;
  const named = stand ? suspicion.suspects.filter(isNamed).slice(0, MOST_CAUSES) : [];
  const { causes, cascade } = cascadesOf(abstained ? [] : named, given, (suspect) =>
    cascadeFrom(suspect, given, trouble.bad, changes),
  );
  const way = wayOf(causes, cascade, given);
  const rootCauses = named.map((suspect) =>
    causeOf(suspect, given, endAt(changes, [new Set([suspect.workload]), way])),
  );
  const { affected, impact } = whatUsersFelt(given, trouble);
  const first = abstained ? undefined : (rootCauses[0]?.since ?? earliest(cascade));
  const onset = first
    ? { at: first.at, from: first.from, to: first.to, ...endAt(changes, [way]) }
    : null;
  const concerned = concernedBy(named, way, given);
  const reasons = suspicion.abstained ?? [];
  const known = {
    rootCauses,
    independent: rootCauses.filter((_, i) => causes.includes(named[i] as Suspect)),
    or: alternativeOf(causes[0], given),
    onset,
    cascade,
    affected,
    factors,
    reasons,
  };
  return {
    schemaVersion: 1,
    symptom: {
      ...(symptom.text !== undefined && { text: symptom.text }),
      workloads: symptom.workloads.map((index) => names.workloads[index] ?? ''),
      operations: symptom.operations.map((index) => names.operations[index]?.operation ?? ''),
      understood: symptom.understood,
    },
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
    hypothesis: hypothesisOf(known),
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

function lookedAt({
  at,
  flows,
  totalBytes,
  truncated,
}: FlowReading): NonNullable<Investigation['flows']> {
  return { at, pairs: flows.length, totalBytes, truncated };
}

function isNamed({ ruledOut, score }: Suspect): boolean {
  return ruledOut === undefined && score >= LEAST_SCORE;
}

/** Who may be at fault instead of the first, by the very same calls. */
function alternativeOf(first: Suspect | undefined, { names }: IncidentCase): string | undefined {
  if (first?.or === undefined) return undefined;
  const other = names.workloads[first.or] ?? '';
  const self = names.workloads[first.workload] ?? '';
  return first.kind === 'unreachable'
    ? `${other} fails before it calls ${self}`
    : `${other} stopped answering it`;
}

function causeOf(
  suspect: Suspect,
  { names, bad }: IncidentCase,
  ended: Pick<Onset, 'until'>,
): RootCause {
  const { workload, operation, kind, shape, score, explains, since, reasons, rows } = suspect;
  const plain = operation === undefined ? undefined : names.operations[operation]?.operation;
  return {
    workload: names.workloads[workload] ?? '',
    ...(plain !== undefined && { operation: plain }),
    kind,
    ...(shape !== undefined && { shape }),
    score,
    explains,
    ...(since && { since: { ...since, ...ended } }),
    reasons,
    evidence: evidenceOfRows(rows, bad, names),
  };
}

function earliest(cascade: readonly CascadeStep[]): Onset | undefined {
  return cascade
    .flatMap(({ since }) => since ?? [])
    .sort((a, b) => a.at - b.at)
    .at(0);
}

/** The origins, and the workloads by which it spread. */
function wayOf(
  origins: readonly Suspect[],
  cascade: readonly CascadeStep[],
  { names }: IncidentCase,
): ReadonlySet<number> {
  const index = new Map(names.workloads.map((name, i) => [name, i]));
  const ways = cascade.flatMap(({ from, to }) => [
    index.get(from.workload),
    index.get(to.workload),
  ]);
  return new Set([
    ...origins.map(({ workload }) => workload),
    ...ways.filter((workload) => workload !== undefined),
  ]);
}

/** The workloads that are named, on the way, or in the symptom. */
function concernedBy(
  named: readonly Suspect[],
  way: ReadonlySet<number>,
  { symptom }: IncidentCase,
): Set<number> {
  return new Set([...named.map(({ workload }) => workload), ...way, ...symptom.workloads]);
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
