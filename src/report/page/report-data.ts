import type { EdgeChange } from '../../compare/edge-changes.ts';
import type { Finding } from '../../compare/finding.ts';
import { findingId } from '../../compare/finding-id.ts';
import type { OperationChange } from '../../compare/view/operations.ts';
import { anchorOf } from '../anchor.ts';
import { weightOf } from '../finding-weight.ts';
import type { PageData } from '../html-data.ts';
import { type SetAside, setAsideBy } from '../set-aside.ts';
import { countsAs, WEIGHTS } from './weight.ts';

/** A finding as the page knows it, with what follows from it. */
export interface Told {
  readonly finding: Finding;
  readonly anchor: string;
  readonly effects: readonly Told[];
  /** What a search looks in, lower case. */
  readonly words: string;
}

/** The judgement, with what the page looks up. */
export interface Report extends PageData {
  /** Findings that follow from no other, worst first; those that are accepted after all others. */
  readonly causes: readonly Told[];
  readonly operations: ReadonlyMap<string, OperationChange>;
  /** Edges that a finding marks, by caller and callee. */
  readonly marks: ReadonlyMap<string, EdgeChange>;
  /** What acceptances and entries of the configuration set aside: its edges stand in the graph. */
  readonly setAside: SetAside;
  /** Findings by operation, worst first. */
  readonly toldOf: ReadonlyMap<string, readonly Told[]>;
}

export function edgeKey(from: string, to: string): string {
  return JSON.stringify([from, to]);
}

/** Brings findings under their causes and indexes the rest. */
export function readReport(data: PageData): Report {
  const { findings, graph, operations } = data.judgement;
  const ids = findings.map(nameOf);
  const known = new Set(ids);
  const below = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { causedBy } = finding;
    if (causedBy === undefined || !known.has(causedBy)) continue;
    below.set(causedBy, [...(below.get(causedBy) ?? []), finding]);
  }
  const taken = new Map<string, number>();
  const anchorFor = (id: string) => {
    const times = taken.get(id) ?? 0;
    taken.set(id, times + 1);
    return times === 0 ? anchorOf(id) : `${anchorOf(id)}-${times + 1}`;
  };
  const all: Told[] = [];
  const tell = (finding: Finding, effects: readonly Finding[]): Told => {
    const told: Told = {
      finding,
      anchor: anchorFor(nameOf(finding)),
      effects: effects.map((effect) => tell(effect, [])),
      words: wordsOf(finding),
    };
    all.push(told);
    return told;
  };
  const claimed = new Set<string>();
  const causes = findings.flatMap((finding, at): Told[] => {
    if (finding.causedBy !== undefined && known.has(finding.causedBy)) return [];
    const id = ids[at] as string;
    const effects = claimed.has(id) ? [] : (below.get(id) ?? []);
    claimed.add(id);
    return [tell(finding, effects)];
  });
  return {
    ...data,
    causes: causes.toSorted(byWeight),
    operations: new Map(operations?.list.map((one) => [one.operation, one])),
    marks: new Map(
      graph?.edges
        .filter(({ change }) => change !== 'same')
        .map((edge) => [edgeKey(edge.from ?? edge.caller, edge.to), edge]),
    ),
    setAside: setAsideBy(data.judgement),
    toldOf: Map.groupBy(all.toSorted(byWeight), ({ finding }) => finding.operation),
  };
}

function byWeight(a: Told, b: Told): number {
  return WEIGHTS.indexOf(countsAs(a.finding)) - WEIGHTS.indexOf(countsAs(b.finding));
}

/** As `causedBy` says it, cut where that is cut. */
function nameOf(finding: Finding): string {
  return finding.id ?? findingId(finding);
}

function wordsOf(finding: Finding): string {
  const { rule, category, operation, caller, path, summary } = finding;
  return [rule, category, weightOf(finding), operation, caller, path, summary]
    .join(' ')
    .toLowerCase();
}
