import { workloadOf } from '../compare/calls/pair.ts';
import type { Coverage } from '../compare/coverage.ts';
import type { Finding } from '../compare/finding.ts';
import { findingId } from '../compare/finding-id.ts';
import { isQuantile } from '../compare/latency-finding.ts';
import { bySeverity } from '../compare/severity.ts';

/** Fewer operations are told one by one. */
const LEAST = 3;
/** So much of what could be judged of a workload makes it the workload's; headers are set in one place. */
const MOST = 0.5;

/**
 * A workload of which most operations got slower, or fail in the same way, or several changed the same
 * header, is one finding: that of the operation that weighs most, under which the others are told as
 * info, worst first. What is accepted neither leads nor follows, so accepting one operation hides no
 * other.
 */
export function foldWholeWorkloads(
  findings: readonly Finding[],
  { compared }: Pick<Coverage, 'compared'>,
): readonly Finding[] {
  const judged = Map.groupBy(compared, ({ operation }) => workloadOf(operation));
  const alike = Map.groupBy(findings.filter(standsAlone), changeOf);
  const followers = new Map<Finding, Finding>();
  const leaders = new Map<Finding, number>();
  for (const group of alike.values()) {
    const workload = workloadOf((group[0] as Finding).operation);
    const operations = new Set(group.map(({ operation }) => operation)).size;
    const isMost = operations >= MOST * (judged.get(workload)?.length ?? 0);
    if (operations < LEAST || !(isMost || group.every(isOfHeader))) continue;
    const leader = group.reduce((a, b) => (outweighs(b, a) ? b : a));
    leaders.set(leader, group.length - 1);
    for (const one of group) if (one !== leader) followers.set(one, leader);
  }
  const above = new Map([...followers].map(([one, leader]) => [findingId(one), findingId(leader)]));
  const folded = findings.map((finding): Finding => {
    const leader = followers.get(finding);
    if (leader) return { ...finding, severity: 'info', causedBy: findingId(leader) };
    const cause = above.get(finding.causedBy ?? '');
    if (cause !== undefined) return { ...finding, causedBy: cause };
    const others = leaders.get(finding);
    if (others === undefined) return finding;
    const workload = workloadOf(finding.operation);
    const summary = `${finding.summary} So it is in ${others} other operations of ${workload}.`;
    return { ...finding, summary };
  });
  return folded.sort((a, b) => bySeverity(b.severity, a.severity));
}

/** Whether it counts, and nobody else is to blame. */
function standsAlone(finding: Finding): boolean {
  const { rule, severity, causedBy, accepted } = finding;
  if (severity === 'info' || causedBy !== undefined || accepted !== undefined) return false;
  if (isOfHeader(finding)) return true;
  return isQuantile(rule) || rule === 'error.new-status' || rule === 'error.rate-increased';
}

function isOfHeader({ rule }: Finding): boolean {
  return rule.startsWith('header.');
}

/** What happened to the workload, whichever operation shows it, and how much it weighs. */
function changeOf(finding: Finding): string {
  const { rule, operation, path = '', severity, undecided } = finding;
  const place = isOfHeader(finding) ? path.replace(/^response \S+/, 'response') : path;
  const what = isQuantile(rule) ? 'latency' : `${rule} ${place}`;
  return JSON.stringify([workloadOf(operation), what, severity, undecided]);
}

/** By the calls it concerns, and by how much. */
function outweighs(a: Finding, b: Finding): boolean {
  return (bySeverity(a.severity, b.severity) || weightOf(a) - weightOf(b)) > 0;
}

/** Milliseconds lost, or calls that fail more than before or have another header. */
function weightOf({ rule, baseline, candidate, effect, samples }: Finding): number {
  const each = isQuantile(rule) ? Number(candidate) - Number(baseline) : Math.abs(effect ?? 0);
  return each * samples.candidate;
}
