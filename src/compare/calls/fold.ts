import type { Finding, Severity } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { workloadOf } from './pair.ts';

const WEIGHT: Readonly<Record<Severity, number>> = { breaking: 2, warning: 1, info: 0 };
/** What says more of the same callee stands before what says less. */
const PRECEDENCE = [
  'call.new-destination',
  'call.retries',
  'call.mutation-added',
  'call.extra',
  'call.missing',
  'call.count-changed',
];

/**
 * One cause, one finding. Of several findings on one operation and callee the one that says most
 * stays; the same change of the same callee at several operations of a workload follows from the
 * operation where most calls show it.
 */
export function foldCalls(findings: readonly Finding[]): Finding[] {
  const single = onePerCallee(findings);
  const leaders = new Map<string, Finding>();
  for (const finding of single) {
    const key = causeKey(finding);
    const leader = leaders.get(key);
    if (!leader || outweighs(finding, leader)) leaders.set(key, finding);
  }
  return single.map((finding) => {
    const leader = leaders.get(causeKey(finding)) as Finding;
    return leader === finding || finding.causedBy !== undefined
      ? finding
      : { ...finding, causedBy: findingId(leader) };
  });
}

function onePerCallee(findings: readonly Finding[]): Finding[] {
  const best = new Map<string, Finding>();
  const rest: Finding[] = [];
  for (const finding of findings) {
    if (!PRECEDENCE.includes(finding.rule)) {
      rest.push(finding);
      continue;
    }
    const key = `${finding.operation}\n${finding.path ?? ''}`;
    const known = best.get(key);
    if (!known || says(finding) < says(known) || sameButHeavier(finding, known)) {
      best.set(key, finding);
    }
  }
  return [...best.values(), ...rest];
}

function says({ rule }: Finding): number {
  return PRECEDENCE.indexOf(rule);
}

function sameButHeavier(a: Finding, b: Finding): boolean {
  if (a.rule !== b.rule) return false;
  return (WEIGHT[a.severity] - WEIGHT[b.severity] || a.samples.candidate - b.samples.candidate) > 0;
}

function causeKey(finding: Finding): string {
  const callee =
    finding.rule === 'call.new-destination' ? workloadOf(finding.path ?? '') : (finding.path ?? '');
  return `${finding.rule}\n${workloadOf(finding.operation)}\n${callee}`;
}

function outweighs(a: Finding, b: Finding): boolean {
  const weight = (f: Finding) => Math.abs(f.effect ?? 0) * f.samples.candidate;
  return (
    WEIGHT[a.severity] - WEIGHT[b.severity] > 0 ||
    (a.severity === b.severity && weight(a) > weight(b))
  );
}
