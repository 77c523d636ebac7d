import type { Failure } from '../failure.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { CauseKind } from '../suspect.ts';
import type { Evidence } from './evidence.ts';
import type { Ranked } from './rank.ts';
import { waitsAlone } from './waits-alone.ts';

/** The failures of a workload, that with the most troubled calls first. */
export function failuresOf(
  workload: number,
  { names }: IncidentCase,
  failures: readonly Failure[],
): Failure[] {
  return failures
    .filter(({ operation }) => names.operations[operation]?.workload === workload)
    .sort((a, b) => b.troubled - a.troubled || a.operation - b.operation);
}

/** What kind of cause a suspect would be. */
export function kindOf(one: Ranked, evidence: Evidence, own: readonly Failure[]): CauseKind {
  const blamed = evidence.blame.workloads.get(one.workload);
  const added = evidence.added.get(one.workload);
  const shapes = new Set(own.map(({ shape }) => shape));
  if (blamed && one.failing >= one.slowing / 2) {
    const half = blamed.rows.length / 2;
    if (blamed.unmade + blamed.unanswered > half) return 'unreachable';
    if (blamed.unusable > half) return 'payload';
    if (shapes.has('pool-exhausted') || waitsAlone(blamed.rows, evidence)) return 'connections';
    return shapes.has('refused') ? 'unreachable' : 'failing';
  }
  if (shapes.has('pool-exhausted')) return 'connections';
  if (added && added.out + added.beside > added.own) return 'network';
  return 'slow';
}
