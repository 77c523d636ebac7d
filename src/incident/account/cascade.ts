import type { Change } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { CascadeStep } from '../investigation.ts';
import type { Suspect } from '../suspect.ts';
import { evidenceOfRows } from './evidence.ts';
import { missedBy, stepWithout } from './missed-calls.ts';
import { onsetAt } from './onset-at.ts';
import { carries, type Pairs, pairsOf, type Seen } from './pairs.ts';
import { placeOf } from './place.ts';
import { spreadingTrouble } from './spreading-trouble.ts';

const MOST_STEPS = 30;
/** Between two workloads: of a store's many statements a few will do, or they leave no room for others. */
const MOST_BETWEEN = 4;

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
  const spreading = spreadingTrouble(origin, given, trouble, changes);
  const seen = pairsOf(bad, spreading, names.operations.length);
  const missing = origin.kind === 'unreachable' ? missedBy(origin.workload, given, trouble) : [];
  const steps: CascadeStep[] = missing.map((miss) =>
    stepWithout(origin.workload, miss, given, changes),
  );
  const reached = new Set([origin.workload]);
  const queue = [origin.workload];
  for (const { operation } of missing) {
    const workload = names.operations[operation]?.workload;
    if (workload === undefined || reached.has(workload)) continue;
    reached.add(workload);
    queue.push(workload);
  }
  for (const workload of queue) {
    if (steps.length >= MOST_STEPS) break;
    const from = [...seen.pairs.values()]
      .filter(({ callee }) => names.operations[callee]?.workload === workload)
      .filter((pairs) => carries(pairs, seen))
      .sort((a, b) => b.count - a.count || a.caller - b.caller || a.callee - b.callee);
    const between = new Map<number, number>();
    for (const pairs of from) {
      const caller = names.operations[pairs.caller];
      if (!caller || caller.workload === workload || steps.length >= MOST_STEPS) continue;
      const told = between.get(caller.workload) ?? 0;
      if (told >= MOST_BETWEEN) continue;
      between.set(caller.workload, told + 1);
      steps.push(stepOf(pairs, seen, given, changes));
      if (reached.has(caller.workload)) continue;
      reached.add(caller.workload);
      queue.push(caller.workload);
    }
  }
  return steps;
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
