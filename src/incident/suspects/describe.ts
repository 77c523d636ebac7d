import { sum } from '../../support/numbers.ts';
import type { Change } from '../change.ts';
import type { Failure } from '../failure.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Suspect } from '../suspect.ts';
import { cutOffFrom } from './cut-off.ts';
import type { Evidence } from './evidence.ts';
import { failuresOf, kindOf } from './kind-of.ts';
import type { Ranked } from './rank.ts';
import { reasonsOf } from './reasons.ts';
import { rowsOf } from './rows-of.ts';

/** What a suspect is described from. */
export interface Context {
  readonly given: IncidentCase;
  readonly evidence: Evidence;
  readonly ranked: readonly Ranked[];
  readonly changes: readonly Change[];
  readonly failures: readonly Failure[];
}

/** A ranked workload as a suspect. */
export function describe(one: Ranked, context: Context): Suspect {
  const { given, evidence, failures } = context;
  const own = failuresOf(one.workload, given, failures);
  const kind = kindOf(one, evidence, own, given.names);
  const operation = standingOut(one, context);
  const seen = own[0]?.shape;
  // What fails by itself carries nothing.
  const shape = kind === 'failing' && seen === 'carrier' ? undefined : seen;
  const blamed = evidence.blame.workloads.get(one.workload);
  const [either] = blamed && blamed.undecided > blamed.rows.length / 2 ? blamed.either : [];
  const or =
    either ?? (kind === 'failing' ? cutOffFrom(one.workload, evidence)?.callee : undefined);
  return {
    workload: one.workload,
    kind,
    score: one.score,
    explains: one.explains,
    reasons: reasonsOf(one, kind, context),
    rows: rowsOf(one, evidence),
    ...(operation !== undefined && { operation }),
    ...(shape && { shape }),
    ...(or !== undefined && { or }),
    ...(one.since && { since: one.since }),
  };
}

/** Share of what a workload does that one operation must make up to stand out. */
const MOSTLY = 0.8;

/** The operation of the workload in which most of its failures, or of the time it adds, lie. */
function standingOut(one: Ranked, { evidence }: Context): number | undefined {
  const parts = new Map<number, number>();
  const add = (operation: number, amount: number) =>
    parts.set(operation, (parts.get(operation) ?? 0) + amount);
  const blamed = evidence.blame.workloads.get(one.workload);
  if (blamed && one.failing >= one.slowing) {
    const { operation, callee } = evidence.bad.traffic;
    for (const row of blamed.rows) {
      if (callee[row] === one.workload) add(operation[row] as number, 1);
    }
  } else {
    const { handled = [], more = [] } = evidence.added.get(one.workload) ?? {};
    for (const { operation, excess, under } of [...handled, ...more]) {
      for (const calls of under.values()) add(operation, Math.max(0, excess) * calls);
    }
  }
  const total = sum(parts.values());
  return [...parts].find(([, part]) => part > MOSTLY * total)?.[0];
}
