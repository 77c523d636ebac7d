import type { Change } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { CascadeStep } from '../investigation.ts';
import { rowsBy } from '../rows-by.ts';
import { isLinked, type Traffic } from '../traffic.ts';
import { Trouble } from '../trouble.ts';
import { evidenceOfRows } from './evidence.ts';
import { onsetAt } from './onset-at.ts';
import { LEAST_PAIRS, LEAST_SHARE, MOST_EVIDENCE } from './pairs.ts';
import { placeOf } from './place.ts';

const MOST_CALLERS = 30;

/** An operation whose troubled calls don't make a call that they used to make. */
export interface Missed {
  /** Of the caller. */
  readonly operation: number;
  readonly calls: number;
  readonly of: number;
  readonly rows: readonly number[];
}

/** Operations that called the workload when all was well, and whose troubled calls don't. */
export function missedBy(
  workload: number,
  { names, good, bad }: IncidentCase,
  trouble: Uint8Array,
): Missed[] {
  const usual = callersOf(good, workload);
  const now = callersOf(bad, workload);
  const carrying = withFailedCall(bad, trouble);
  const all = names.operations.length;
  const [handledBefore, handledNow] = [linkedCalls(good, all), linkedCalls(bad, all)];
  const out: Missed[] = [];
  for (const [operation, parents] of usual) {
    if (names.operations[operation]?.workload === workload) continue;
    if (parents.size < LEAST_SHARE * handledBefore(operation).length) continue;
    const troubled = handledNow(operation).filter((row) => trouble[row] !== Trouble.none);
    const without = [...troubled].filter(
      (row) => !now.get(operation)?.has(row) && !carrying.has(row),
    );
    if (without.length < LEAST_PAIRS || without.length < LEAST_SHARE * troubled.length) continue;
    out.push({ operation, calls: without.length, of: troubled.length, rows: without });
  }
  return out.sort((a, b) => b.calls - a.calls || a.operation - b.operation).slice(0, MOST_CALLERS);
}

/** Handled calls of which another call failed: they may never have got so far. */
function withFailedCall({ size, parent }: Traffic, trouble: Uint8Array): Set<number> {
  const rows = new Set<number>();
  for (let row = 0; row < size; row++) {
    if (trouble[row] === Trouble.failed && (parent[row] as number) >= 0) {
      rows.add(parent[row] as number);
    }
  }
  return rows;
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

/** The linked calls of each operation. */
function linkedCalls(traffic: Traffic, operations: number): (operation: number) => Int32Array {
  const { rows } = rowsBy(traffic.operation, operations);
  return (operation) => rows(operation).filter((row) => isLinked(traffic, row));
}

/** The step from a workload that isn't called any more to who fails for that. */
export function stepWithout(
  workload: number,
  { operation, calls, of, rows }: Missed,
  { names, bad }: IncidentCase,
  changes: readonly Change[],
): CascadeStep {
  const evidence = evidenceOfRows(
    rows.slice(0, MOST_EVIDENCE),
    bad,
    names,
    `it made no call to ${names.workloads[workload] ?? ''}`,
  );
  return {
    from: { workload: names.workloads[workload] ?? '' },
    to: placeOf(names, operation),
    effect: 'errors',
    ...onsetAt(changes, { workload: names.operations[operation]?.workload ?? -1, operation }),
    calls,
    of,
    evidence,
  };
}
