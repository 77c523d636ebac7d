import type { Change } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { CascadeStep, Onset, RootCause } from '../investigation.ts';
import type { Suspect, Suspicion } from '../suspect.ts';
import { cascadeFrom } from './cascade.ts';
import { cascadesOf } from './cascades.ts';
import { evidenceOfRows } from './evidence.ts';
import { endAt } from './onset-at.ts';

const MOST_CAUSES = 5;
/** What is less likely is none of the causes. */
const LEAST_SCORE = 0.01;

/** Where it began and when, and how it spread from there. */
export interface Origins {
  /** Best first. */
  readonly rootCauses: readonly RootCause[];
  /** Those of them that none of the others explains; none where no origin is named. */
  readonly independent: readonly RootCause[];
  /** What may be instead of the first of those. */
  readonly or: string | undefined;
  readonly cascade: readonly CascadeStep[];
  readonly onset: Onset | null;
  /** Those of the causes, and those by which it spread. */
  readonly workloads: ReadonlySet<number>;
}

/** `trouble`: that of the incident's calls, by row. */
export function originsOf(
  suspicion: Suspicion,
  given: IncidentCase,
  trouble: Uint8Array,
  changes: readonly Change[],
): Origins {
  const abstained = suspicion.abstained !== undefined;
  const named = namedBy(suspicion);
  const { causes, cascade } = cascadesOf(abstained ? [] : named, given, (suspect) =>
    cascadeFrom(suspect, given, trouble, changes),
  );
  const way = wayOf(causes, cascade, given);
  const told = named.map((suspect) => ({
    suspect,
    cause: causeOf(suspect, given, endAt(changes, way, suspect.workload)),
  }));
  const since = abstained ? undefined : (told[0]?.cause.since ?? earliest(cascade));
  return {
    rootCauses: told.map(({ cause }) => cause),
    independent: told.filter(({ suspect }) => causes.includes(suspect)).map(({ cause }) => cause),
    or: alternativeOf(causes[0], given),
    cascade,
    onset: since ? { at: since.at, from: since.from, to: since.to, ...endAt(changes, way) } : null,
    workloads: new Set([...named.map(({ workload }) => workload), ...way]),
  };
}

function namedBy({ suspects, abstained, candidates }: Suspicion): Suspect[] {
  if (abstained !== undefined && candidates !== true) return [];
  return suspects
    .filter(({ ruledOut, score }) => ruledOut === undefined && score >= LEAST_SCORE)
    .slice(0, MOST_CAUSES);
}

/** The independent causes, and the workloads by which it spread. */
function wayOf(
  causes: readonly Suspect[],
  cascade: readonly CascadeStep[],
  { names }: IncidentCase,
): ReadonlySet<number> {
  const index = new Map(names.workloads.map((name, i) => [name, i]));
  const ways = cascade.flatMap(({ from, to }) => [
    index.get(from.workload),
    index.get(to.workload),
  ]);
  return new Set([
    ...causes.map(({ workload }) => workload),
    ...ways.filter((workload) => workload !== undefined),
  ]);
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

/** Who may be at fault instead of the first, by the very same calls. */
function alternativeOf(first: Suspect | undefined, { names }: IncidentCase): string | undefined {
  if (first?.or === undefined) return undefined;
  const other = names.workloads[first.or] ?? '';
  const self = names.workloads[first.workload] ?? '';
  return first.kind === 'unreachable'
    ? `${other} fails before it calls ${self}`
    : `${other} stopped answering it`;
}
