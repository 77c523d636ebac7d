import { workloadOf } from '../../calls/operation.ts';
import type { Finding } from '../../compare/finding.ts';
import { type PrintedFinding, printed } from '../../compare/printed-finding.ts';
import { byWeight } from '../../compare/severity.ts';

const MOST = 20;

/** Differences of the gate's checks that concern one of the workloads, worst first. */
export function findingsOf(
  findings: readonly Finding[],
  workloads: ReadonlySet<string>,
): PrintedFinding[] {
  return findings
    .filter(({ category }) => category !== 'coverage')
    .filter(({ operation }) => workloads.has(workloadOf(operation)))
    .toSorted(byWeight)
    .slice(0, MOST)
    .map(printed);
}
