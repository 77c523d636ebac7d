import { workloadOf } from '../../calls/operation.ts';
import type { EdgeMark } from '../../compare/edge-changes.ts';
import { byCodeUnit } from '../../support/json.ts';
import { edgeKey, type Report } from './report-data.ts';

/** Edges that are drawn at most: a larger picture shows nothing. */
const MAX_EDGES = 140;

export type GraphSide = 'both' | 'before' | 'after';

/** An edge of the whole call graph. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly change: EdgeMark;
  /** What became of the finding on it, where it does not count. */
  readonly setAside?: 'accepted' | 'ignored' | undefined;
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly change: EdgeMark;
  readonly label: string;
}

export interface DrawnNode {
  readonly name: string;
  /** A workload that stands for its operations. */
  readonly folded: boolean;
  /** Callees (or operations) that opening it would show. */
  readonly hidden: number;
  readonly open: boolean;
}

export interface Drawing {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly leftOut: number;
}

/** All edges that the report knows: what operations call, and what findings mark. */
export function arrowsOf(report: Report): Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const { operation, callees = [] } of report.operations.values()) {
    for (const { to, baseline, candidate } of callees) {
      const { change = 'same', finding = '' } = report.marks.get(edgeKey(operation, to)) ?? {};
      arrows.set(edgeKey(operation, to), {
        from: operation,
        to,
        before: baseline,
        after: candidate,
        change,
        setAside: report.setAside.get(finding),
      });
    }
  }
  for (const edge of report.judgement.graph?.edges ?? []) {
    const { from, caller, to, baseline, candidate, change, finding = '' } = edge;
    const key = edgeKey(from ?? caller, to);
    if (arrows.has(key)) continue;
    const per = (side: typeof baseline) => side?.perHandledCall ?? side?.calls ?? null;
    arrows.set(key, {
      from: from ?? caller,
      to,
      before: per(baseline),
      after: per(candidate),
      change,
      setAside: report.setAside.get(finding),
    });
  }
  return [...arrows.values()];
}

/** The part around the changed edges: as the judgement has it, and the callees of opened operations. */
export function drawAround(
  report: Report,
  arrows: readonly Arrow[],
  open: ReadonlySet<string>,
  side: GraphSide,
): Drawing {
  const around = new Set(
    report.judgement.graph?.edges.map(({ from, caller, to }) => edgeKey(from ?? caller, to)),
  );
  const wanted = arrows.filter(
    (arrow) => around.has(edgeKey(arrow.from, arrow.to)) || open.has(arrow.from),
  );
  const kept = onSide(wanted, side);
  const drawn = bounded(kept);
  const names = new Set(drawn.flatMap(({ from, to }) => [from, to]));
  const below = Map.groupBy(onSide(arrows, side), ({ from }) => from);
  const shown = new Set(drawn.map(({ from, to }) => edgeKey(from, to)));
  return {
    nodes: [...names].map((name) => ({
      name,
      folded: false,
      hidden: (below.get(name) ?? []).filter(({ to }) => !shown.has(edgeKey(name, to))).length,
      open: open.has(name),
    })),
    edges: drawn.map((arrow) => ({ ...arrow, label: labelOf(arrow, side) })),
    leftOut: kept.length - drawn.length,
  };
}

/** All of the graph, a node a workload; opened workloads show their operations. */
export function drawWorkloads(
  arrows: readonly Arrow[],
  open: ReadonlySet<string>,
  side: GraphSide,
): Drawing {
  const nodeOf = (operation: string) => {
    const workload = workloadOf(operation);
    return open.has(workload) ? operation : workload;
  };
  const joined = new Map<string, { from: string; to: string; members: Arrow[] }>();
  const operations = new Map<string, Set<string>>();
  for (const arrow of onSide(arrows, side)) {
    const [from, to] = [nodeOf(arrow.from), nodeOf(arrow.to)];
    for (const operation of [arrow.from, arrow.to]) {
      const known = operations.get(workloadOf(operation)) ?? new Set();
      operations.set(workloadOf(operation), known.add(operation));
    }
    const edge = joined.get(edgeKey(from, to)) ?? { from, to, members: [] };
    edge.members.push(arrow);
    joined.set(edgeKey(from, to), edge);
  }
  const edges = [...joined.values()].map(({ from, to, members }) => ({
    from,
    to,
    label: labelTogether(members, side),
    change: togetherOf(members),
  }));
  const drawn = bounded(edges);
  const names = new Set(drawn.flatMap(({ from, to }) => [from, to]));
  return {
    nodes: [...names].map((name) => {
      const hidden = operations.get(name)?.size ?? 0;
      return { name, folded: hidden > 0, hidden, open: hidden === 0 };
    }),
    edges: drawn,
    leftOut: edges.length - drawn.length,
  };
}

function togetherOf(members: readonly Arrow[]): EdgeMark {
  const marks = new Set(members.map(({ change }) => change));
  const [only] = marks;
  if (only !== undefined && marks.size === 1) return only;
  return 'changed';
}

function labelTogether(members: readonly Arrow[], side: GraphSide): string {
  const [only] = members;
  if (only && members.length === 1) return labelOf(only, side);
  const changed = members.filter(({ change }) => change !== 'same').length;
  return changed > 0 ? `${changed} of ${members.length} changed` : '';
}

function onSide(arrows: readonly Arrow[], side: GraphSide): readonly Arrow[] {
  if (side === 'both') return arrows;
  return arrows.filter((arrow) => arrow[side] !== null);
}

function bounded<T extends { from: string; to: string; change: EdgeMark }>(
  edges: readonly T[],
): T[] {
  return edges
    .toSorted(
      (a, b) =>
        Number(a.change === 'same') - Number(b.change === 'same') ||
        byCodeUnit(a.from, b.from) ||
        byCodeUnit(a.to, b.to),
    )
    .slice(0, MAX_EDGES);
}

function labelOf(arrow: Arrow, side: GraphSide): string {
  const amount = amountOf(arrow, side);
  return arrow.setAside === undefined ? amount : `${amount} (${arrow.setAside})`;
}

function amountOf({ before, after, change }: Arrow, side: GraphSide): string {
  const told = (value: number | null) => (value === null ? '–' : `${Number(value.toPrecision(2))}`);
  if (side !== 'both') return told(side === 'before' ? before : after);
  if (change === 'appeared') return `new: ${told(after)}`;
  if (change === 'vanished') return `gone: was ${told(before)}`;
  if (change === 'changed') return `${told(before)} → ${told(after)}`;
  return told(after ?? before);
}
