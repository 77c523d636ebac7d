import { workloadOf } from '../../calls/operation.ts';
import { isNameOf, lookupOf } from '../calls/lookup.ts';
import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';

/**
 * A question for an address follows from the call that it is asked for, or, where nobody could read
 * that call, the question for the second kind of address from that for the first.
 */
export function nameLookupCauses(findings: readonly Finding[]): Finding[] {
  const ofCalls = findings.filter(({ rule, path }) => rule.startsWith('call.') && path);
  const byOperation = Map.groupBy(ofCalls, ({ operation }) => operation);
  return findings.map((finding) => {
    const { rule, path = '', operation } = finding;
    const asked = rule.startsWith('call.') ? lookupOf(path) : undefined;
    if (asked === undefined || finding.causedBy !== undefined) return finding;
    const { kind, name } = asked;
    const beside = (byOperation.get(operation) ?? []).filter((other) => isAlike(finding, other));
    const isFirst = (other: Finding) => {
      const first = lookupOf(other.path ?? '');
      return kind === 'AAAA' && first?.kind === 'A' && first.name === name;
    };
    const cause = beside.find(({ path = '' }) => isCallOf(name, path)) ?? beside.find(isFirst);
    return cause ? { ...finding, causedBy: findingId(cause) } : finding;
  });
}

/** Whether a call in plain form is one for which the name is looked up, and no question itself. */
function isCallOf(name: string, target: string): boolean {
  return lookupOf(target) === undefined && isNameOf(name, workloadOf(target));
}

/** Whether both tell of more, or both of less. */
function isAlike(one: Finding, other: Finding): boolean {
  const more = ({ baseline, candidate }: Finding) => Number(candidate) > Number(baseline);
  return more(one) === more(other);
}
