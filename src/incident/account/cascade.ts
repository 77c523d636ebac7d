import type { EvidenceCall } from '../../calls/evidence.ts';
import type { Change } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { CascadeStep } from '../investigation.ts';
import type { Suspect } from '../suspect.ts';
import { NONE, type Traffic } from '../traffic.ts';
import { Trouble } from '../trouble.ts';
import { evidenceOfRows } from './evidence.ts';
import { onsetAt } from './onset-at.ts';

/** Fewer pairs of calls don't back an edge. */
const LEAST_PAIRS = 3;
/** Less of the caller's trouble than this went through the callee: something else did it. */
const LEAST_SHARE = 0.1;
/** Troubled callers have a troubled callee so much more often than callers that are well. */
const LEAST_LIFT = 1.5;
const MOST_STEPS = 30;
const MOST_EVIDENCE = 6;

interface Pairs {
  readonly callee: number;
  readonly caller: number;
  /** Rows of the callee's call and of the one that made it, one after the other. */
  readonly rows: number[];
  count: number;
  failed: number;
  slow: number;
}

/**
 * By which edges the trouble spread from the origin towards users: from each workload reached, the
 * operations whose troubled calls made troubled calls to it, far more often than calls that were well
 * did. Every step is backed by pairs of calls; what could not be followed is none.
 */
export function cascadeFrom(
  origin: Suspect,
  given: IncidentCase,
  trouble: Uint8Array,
  changes: readonly Change[],
): CascadeStep[] {
  const { names, bad } = given;
  const seen = pairsOf(bad, trouble, names.operations.length);
  const missing = origin.kind === 'unreachable' ? missedBy(origin.workload, given, trouble) : [];
  const steps: CascadeStep[] = missing.map((miss) => stepWithout(origin, miss, given, changes));
  const reached = new Set([origin.workload]);
  const queue: { readonly workload: number; readonly operation?: number }[] = [
    { workload: origin.workload },
  ];
  for (const { operation } of missing) {
    const workload = names.operations[operation]?.workload;
    if (workload === undefined || reached.has(workload)) continue;
    reached.add(workload);
    queue.push({ workload });
  }
  for (let next = queue.shift(); next && steps.length < MOST_STEPS; next = queue.shift()) {
    const { workload } = next;
    const from = [...seen.pairs.values()]
      .filter(({ callee }) => names.operations[callee]?.workload === workload)
      .filter((pairs) => carries(pairs, seen))
      .sort((a, b) => b.count - a.count || a.caller - b.caller || a.callee - b.callee);
    for (const pairs of from) {
      const caller = names.operations[pairs.caller];
      if (!caller || caller.workload === workload || steps.length >= MOST_STEPS) continue;
      steps.push(stepOf(pairs, seen, given, changes));
      if (reached.has(caller.workload)) continue;
      reached.add(caller.workload);
      queue.push({ workload: caller.workload });
    }
  }
  return steps;
}

interface Seen {
  readonly pairs: ReadonlyMap<string, Pairs>;
  /** Linked calls of each operation, by whether they were troubled. */
  readonly troubled: Int32Array;
  readonly well: Int32Array;
  /** Calls that were well, with a troubled callee, by the pair's key. */
  readonly wellWith: ReadonlyMap<string, number>;
}

function pairsOf(bad: Traffic, trouble: Uint8Array, operations: number): Seen {
  const pairs = new Map<string, Pairs>();
  const wellWith = new Map<string, number>();
  const counted = new Set<string>();
  const troubled = new Int32Array(operations);
  const well = new Int32Array(operations);
  for (let row = 0; row < bad.size; row++) {
    const parent = bad.parent[row] as number;
    if (parent < NONE) continue;
    const operation = bad.operation[row] as number;
    const tally = trouble[row] === Trouble.none ? well : troubled;
    tally[operation] = (tally[operation] as number) + 1;
    if (parent === NONE || trouble[row] === Trouble.none) continue;
    // At the edge of a stretch the caller's own calls are not all known.
    if ((bad.parent[parent] as number) < NONE) continue;
    const caller = bad.operation[parent] as number;
    const key = `${operation} ${caller}`;
    const once = `${key} ${parent}`;
    if (counted.has(once)) continue;
    counted.add(once);
    if (trouble[parent] === Trouble.none) {
      wellWith.set(key, (wellWith.get(key) ?? 0) + 1);
      continue;
    }
    let found = pairs.get(key);
    if (!found) {
      found = { callee: operation, caller, rows: [], count: 0, failed: 0, slow: 0 };
      pairs.set(key, found);
    }
    found.count++;
    if (trouble[parent] === Trouble.failed) found.failed++;
    else found.slow++;
    if (found.rows.length < MOST_EVIDENCE) found.rows.push(row, parent);
  }
  return { pairs, troubled, well, wellWith };
}

function carries({ callee, caller, count }: Pairs, seen: Seen): boolean {
  const all = seen.troubled[caller] as number;
  if (count < LEAST_PAIRS || count < LEAST_SHARE * all) return false;
  const well = seen.well[caller] as number;
  const share = well === 0 ? 0 : (seen.wellWith.get(`${callee} ${caller}`) ?? 0) / well;
  return count / all > LEAST_LIFT * share;
}

function stepOf(
  { callee, caller, count, failed, slow, rows }: Pairs,
  seen: Seen,
  { names, bad }: IncidentCase,
  changes: readonly Change[],
): CascadeStep {
  return {
    from: placeOf(names, callee),
    to: placeOf(names, caller),
    effect: failed > 9 * slow ? 'errors' : slow > 9 * failed ? 'latency' : 'both',
    ...onsetAt(changes, { workload: names.operations[caller]?.workload ?? -1, operation: caller }),
    calls: count,
    of: seen.troubled[caller] as number,
    evidence: evidenceOfRows(rows, bad, names),
  };
}

interface Missed {
  /** Of the caller. */
  readonly operation: number;
  readonly calls: number;
  readonly of: number;
  readonly rows: readonly number[];
}

/** Operations that called the workload when all was well, and whose troubled calls don't. */
function missedBy(
  workload: number,
  { names, good, bad }: IncidentCase,
  trouble: Uint8Array,
): Missed[] {
  const usual = callersOf(good, workload);
  const now = callersOf(bad, workload);
  const out: Missed[] = [];
  for (const [operation, parents] of usual) {
    const handled = linkedCalls(good, operation);
    if (names.operations[operation]?.workload === workload) continue;
    if (parents.size < LEAST_SHARE * handled.length) continue;
    const troubled = linkedCalls(bad, operation).filter((row) => trouble[row] !== Trouble.none);
    const without = troubled.filter((row) => !now.get(operation)?.has(row));
    if (without.length < LEAST_PAIRS || without.length < LEAST_SHARE * troubled.length) continue;
    out.push({ operation, calls: without.length, of: troubled.length, rows: without });
  }
  return out.sort((a, b) => b.calls - a.calls || a.operation - b.operation).slice(0, MOST_STEPS);
}

/** By operation: the handled calls that called the workload. */
function callersOf(traffic: Traffic, workload: number): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>();
  for (let row = 0; row < traffic.size; row++) {
    const parent = traffic.parent[row] as number;
    if (parent < 0 || traffic.callee[row] !== workload) continue;
    const operation = traffic.operation[parent] as number;
    const rows = found.get(operation);
    if (rows) rows.add(parent);
    else found.set(operation, new Set([parent]));
  }
  return found;
}

function linkedCalls(traffic: Traffic, operation: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < traffic.size; row++) {
    if (traffic.operation[row] === operation && (traffic.parent[row] as number) >= NONE) {
      rows.push(row);
    }
  }
  return rows;
}

function stepWithout(
  origin: Suspect,
  { operation, calls, of, rows }: Missed,
  { names, bad }: IncidentCase,
  changes: readonly Change[],
): CascadeStep {
  const evidence: EvidenceCall[] = evidenceOfRows(
    rows.slice(0, MOST_EVIDENCE),
    bad,
    names,
    `it made no call to ${names.workloads[origin.workload] ?? ''}`,
  );
  return {
    from: { workload: names.workloads[origin.workload] ?? '' },
    to: placeOf(names, operation),
    effect: 'errors',
    ...onsetAt(changes, { workload: names.operations[operation]?.workload ?? -1, operation }),
    calls,
    of,
    evidence,
  };
}

function placeOf(names: IncidentCase['names'], index: number): CascadeStep['from'] {
  const found = names.operations[index];
  if (!found) return { workload: '' };
  return { workload: names.workloads[found.workload] ?? '', operation: found.operation };
}
