import { isServiceProtocol } from '../../calls/protocol-kind.ts';
import type { Failure } from '../failure.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { CauseKind } from '../suspect.ts';
import type { Names } from '../traffic.ts';
import { cutOffFrom } from './cut-off.ts';
import type { Evidence } from './evidence.ts';
import type { Ranked } from './rank.ts';
import { refusedConnections } from './refused-connections.ts';
import { waitAlone } from './wait-alone.ts';

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
export function kindOf(
  one: Ranked,
  evidence: Evidence,
  own: readonly Failure[],
  names: Names,
): CauseKind {
  const blamed = evidence.blame.workloads.get(one.workload);
  const added = evidence.added.get(one.workload);
  const shapes = new Set(own.map(({ shape }) => shape));
  if (blamed && one.failing >= one.slowing / 2) {
    const half = blamed.rows.length / 2;
    if (blamed.unmade + blamed.unanswered > half) {
      const cutOff = blamed.unanswered > blamed.unmade && shapes.has('timeout');
      return cutOff && stillAnswers(one.workload, blamed.rows, evidence) ? 'slow' : 'unreachable';
    }
    if (blamed.unusable > half) return 'payload';
    if (blamed.late > half) return 'slow';
    if (blamed.impatient.size > 0 || blamed.rejected > half) return 'failing';
    if (refusedConnections(evidence.bad.traffic, one.workload).length > half) return 'connections';
    if (shapes.has('pool-exhausted') || waitAlone(blamed.rows, evidence.good, evidence.bad))
      return isCutOff(one.workload, evidence, names) ? 'failing' : 'connections';
    return shapes.has('refused') ? 'unreachable' : 'failing';
  }
  if (shapes.has('pool-exhausted')) return 'connections';
  if (!added || added.out + added.beside <= added.own) return 'slow';
  if (evidence.gone.has(one.workload)) return 'unreachable';
  return evidence.holding.has(one.workload) ? 'slow' : 'network';
}

/** Whether it waits for another service that others reach: for stores, connections are scarce. */
function isCutOff(workload: number, evidence: Evidence, names: Names): boolean {
  const callee = cutOffFrom(workload, evidence)?.callee;
  return names.operations.some(
    (operation) => operation.workload === callee && isServiceProtocol(operation.protocol),
  );
}

/** After how long (ms) a workload's callers give up, where they do so after the same time each time. */
export function gaveUpAfter(own: readonly Failure[]): number | undefined {
  return own.find((failure) => failure.gaveUpAfter !== undefined)?.gaveUpAfter;
}

/** Answers that show that a workload is there. */
const FEW = 3;

/** Whether it answers others, or works on what it doesn't answer: then it is late, and not gone. */
function stillAnswers(workload: number, rows: readonly number[], { bad }: Evidence): boolean {
  const { traffic, tree } = bad;
  const worked = rows.filter(
    (row) => (tree.first[row + 1] as number) > (tree.first[row] as number),
  );
  if (worked.length >= FEW) return true;
  let answered = 0;
  for (let row = Math.min(...rows); row < traffic.size; row++) {
    if (traffic.callee[row] !== workload || Number.isNaN(traffic.latency[row])) continue;
    answered++;
  }
  return answered >= FEW;
}
