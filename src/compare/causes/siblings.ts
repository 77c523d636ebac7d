import { workloadOf } from '../../calls/operation.ts';
import { isBackground } from '../calls/background.ts';
import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { bySeverity } from '../severity.ts';

/** Rules of a workload's calls to another, whichever operation of that it is. */
const OF_WORKLOADS = new Set(['call.new-destination', 'call.auth-missing', 'call.encryption-lost']);
/** What is about something else says so in each id, and in each text of an answer, and so do calls made for it. */
const ABOUT_ANOTHER = new Set([
  'schema.id-mismatched',
  'schema.value-constant',
  'call.id-mismatched',
]);

/**
 * The same change of the same callee at several operations of a workload follows from the operation
 * where most calls show it; what is about another thing, at several places of one operation, from one of these.
 */
export function nameSiblingCauses(findings: readonly Finding[]): Finding[] {
  const leaders = new Map<string, Finding>();
  for (const finding of findings) {
    const key = changeOf(finding);
    if (key === undefined) continue;
    const leader = leaders.get(key);
    if (!leader || outweighs(finding, leader)) leaders.set(key, finding);
  }
  return findings.map((finding) => {
    const leader = leaders.get(changeOf(finding) ?? '');
    return !leader || leader === finding || finding.causedBy !== undefined
      ? finding
      : { ...finding, causedBy: findingId(leader) };
  });
}

/** What changed, whichever operation or place shows it; undefined for what only one can. */
function changeOf({
  rule,
  operation,
  path = '',
  baseline,
  candidate,
}: Finding): string | undefined {
  if (ABOUT_ANOTHER.has(rule)) return JSON.stringify(['about another', operation]);
  if (!rule.startsWith('call.')) return undefined;
  const callee = OF_WORKLOADS.has(rule) ? workloadOf(path) : path;
  const more = Number(candidate) > Number(baseline);
  return JSON.stringify([rule, workloadOf(operation), callee, more]);
}

function outweighs(a: Finding, b: Finding): boolean {
  return (bySeverity(a.severity, b.severity) || callsOf(a) - callsOf(b)) > 0;
}

/** The calls that show a change; background work has no handled calls to count them by. */
function callsOf({ operation, effect, samples }: Finding): number {
  return Math.abs(effect ?? 0) * (isBackground(operation) ? 1 : samples.candidate);
}
