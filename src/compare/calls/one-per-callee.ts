import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { bySeverity } from '../severity.ts';

/** What says more of the same callee stands before what says less. */
const PRECEDENCE = [
  'call.new-destination',
  'call.retries',
  'call.mutation-added',
  'call.extra',
  'call.missing',
  'call.count-changed',
  'call.order-changed',
];

/**
 * Of several findings on one operation and callee (or order of two) the one that says most, which
 * is also the cause where one of the others was named as such.
 */
export function onePerCallee(findings: readonly Finding[]): Finding[] {
  const isOne = ({ rule }: Finding) => PRECEDENCE.includes(rule);
  const candidates = findings.filter(isOne);
  const best = new Map<string, Finding>();
  for (const finding of candidates) {
    const known = best.get(placeOf(finding));
    if (!known || says(finding) < says(known) || sameButHeavier(finding, known)) {
      best.set(placeOf(finding), finding);
    }
  }
  const standing = new Map(
    candidates.map((finding) => [findingId(finding), best.get(placeOf(finding))] as const),
  );
  const rest = findings.filter((finding) => !isOne(finding));
  return [...best.values(), ...rest].map((finding) => {
    const cause = standing.get(finding.causedBy ?? '');
    return cause ? { ...finding, causedBy: findingId(cause) } : finding;
  });
}

function placeOf({ operation, path = '' }: Finding): string {
  return `${operation}\n${path}`;
}

function says({ rule }: Finding): number {
  return PRECEDENCE.indexOf(rule);
}

function sameButHeavier(a: Finding, b: Finding): boolean {
  if (a.rule !== b.rule) return false;
  return (bySeverity(a.severity, b.severity) || a.samples.candidate - b.samples.candidate) > 0;
}
