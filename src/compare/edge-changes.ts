import { workloadOf } from '../calls/operation.ts';
import { backgroundOf } from './calls/background.ts';
import { type Edge, edgesOn } from './edges.ts';
import type { Finding } from './finding.ts';
import { findingId } from './finding-id.ts';
import type { Pairing } from './pairs.ts';

/** Edges that a judgement holds at most: more than anybody looks at. */
const MAX_EDGES = 200;

export type EdgeMark = 'appeared' | 'vanished' | 'changed' | 'same';

/** What one side saw of an edge. */
type SeenEdge = Pick<Edge, 'calls' | 'perHandledCall'>;

/** An edge of the call graph on both sides; a side that never saw it is null. Public JSON. */
export interface EdgeChange {
  /** The operation handled, in plain form; null for background calls. */
  readonly from: string | null;
  /** The workload that calls. */
  readonly caller: string;
  /** The operation called, in plain form. */
  readonly to: string;
  readonly baseline: SeenEdge | null;
  readonly candidate: SeenEdge | null;
  /** 'same' where no finding says otherwise. */
  readonly change: EdgeMark;
  /** The worst finding on this edge: its `rule operation path`. */
  readonly finding?: string;
}

/** The part of the call graph around the edges that changed. */
export interface GraphChange {
  /** The changed edges, worst finding first; then the ways to them; then what their callers call besides. */
  readonly edges: readonly EdgeChange[];
  /** Edges of that part which are not listed. */
  readonly leftOut: number;
}

type BothSides = Pick<EdgeChange, 'from' | 'caller' | 'to' | 'baseline' | 'candidate'>;

/**
 * The edges that findings touch, with the chains that lead to them and their siblings; undefined when
 * there are none. An edge that only one side saw and no finding speaks of is no evidence of a change:
 * it is not shown. `findings` are worst first.
 */
export function compareEdges(
  findings: readonly Finding[],
  pairing: Pairing,
): GraphChange | undefined {
  const onCalls = findings.filter(({ rule }) => rule.startsWith('call.'));
  if (onCalls.length === 0) return undefined;
  const known = bothSides(edgesOn('base', pairing), edgesOn('cand', pairing));
  const callees = Map.groupBy(known, sourceOf);
  const changed = new Map<BothSides, Finding>();
  for (const finding of onCalls) {
    for (const edge of callees.get(finding.operation) ?? []) {
      if (!changed.has(edge) && touches(finding, edge)) changed.set(edge, finding);
    }
  }
  if (changed.size === 0) return undefined;
  const around = new Set(changed.keys());
  for (const { chain = [] } of changed.values()) {
    for (const edge of alongChain(chain, callees)) around.add(edge);
  }
  for (const edge of changed.keys()) {
    for (const sibling of callees.get(sourceOf(edge)) ?? []) around.add(sibling);
  }
  const edges = [...around].flatMap((edge) => marked(edge, changed.get(edge)));
  return { edges: edges.slice(0, MAX_EDGES), leftOut: Math.max(0, edges.length - MAX_EDGES) };
}

function bothSides(base: readonly Edge[], cand: readonly Edge[]): BothSides[] {
  const edges = new Map<string, BothSides>();
  for (const [side, seen] of [
    ['baseline', base],
    ['candidate', cand],
  ] as const) {
    for (const { from, caller, to, calls, perHandledCall } of seen) {
      const key = JSON.stringify([from, caller, to]);
      const edge = edges.get(key) ?? { from, caller, to, baseline: null, candidate: null };
      edges.set(key, { ...edge, [side]: { calls, perHandledCall } });
    }
  }
  return [...edges.values()];
}

/** The `operation` of findings on an edge. */
function sourceOf({ from, caller }: BothSides): string {
  return from ?? backgroundOf(caller);
}

/** Findings name the callee, two of them in an order, or a store as a whole. */
function touches({ path = '' }: Finding, { to, baseline, candidate }: BothSides): boolean {
  if (path === to || path.startsWith(`${to} before `) || path.endsWith(` before ${to}`)) {
    return true;
  }
  return path === workloadOf(to) && (baseline === null || candidate === null);
}

function alongChain(
  chain: readonly string[],
  callees: ReadonlyMap<string, readonly BothSides[]>,
): BothSides[] {
  return chain.flatMap((step, i) =>
    (callees.get(step) ?? []).filter(({ to }) => to === chain[i + 1]),
  );
}

function marked(edge: BothSides, finding: Finding | undefined): EdgeChange[] {
  const { baseline, candidate } = edge;
  if (!finding) return baseline && candidate ? [{ ...edge, change: 'same' }] : [];
  const change = !baseline ? 'appeared' : !candidate ? 'vanished' : 'changed';
  return [{ ...edge, change, finding: findingId(finding) }];
}
