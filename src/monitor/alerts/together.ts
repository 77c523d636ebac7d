import type { AlertRule } from '../alert-rule.ts';
import type { Subject } from '../subject.ts';

/** A rule and what it is about. */
export interface About {
  readonly rule: AlertRule;
  readonly subject: Subject;
}

/**
 * Whether what two rules say about one workload at one time has one cause, so that `other` is told
 * under `lead`. Security is never told under what a workload suffers, and what the monitor says of itself
 * stands alone.
 */
export function together(lead: About, other: About): boolean {
  if (lead.subject.workload !== other.subject.workload) return false;
  const [a, b] = [lead.rule.category, other.rule.category];
  if (a === 'monitor' || b === 'monitor') return false;
  if (lead.rule.explains?.includes(other.rule.id)) {
    return compatible(lead.subject.operation, other.subject.operation);
  }
  if ((a === 'security') !== (b === 'security')) return isSameDeed(lead, other);
  if (a !== 'security') {
    if (lead.rule.symptom && other.rule.symptom) return true;
    // One deployment breaks many fields and operations.
    if (a === 'protocol' && b === 'protocol') return true;
    if (lead.rule.symptom && isMorePrecise(other.subject, lead.subject)) return b === 'protocol';
  }
  return (
    compatible(lead.subject.caller, other.subject.caller) &&
    compatible(lead.subject.detail, other.subject.detail)
  );
}

/** A concern of security, and traffic that is new: with the same host or the same caller. */
function isSameDeed(a: About, b: About): boolean {
  const traffic = a.rule.category === 'security' ? b.rule : a.rule;
  if (traffic.category !== 'traffic' || traffic.symptom) return false;
  const [one, two] = [a.subject, b.subject];
  return (
    compatible(one.caller, two.caller) &&
    compatible(one.detail, two.detail) &&
    ((one.caller !== undefined && one.caller === two.caller) ||
      (one.detail !== undefined && one.detail === two.detail))
  );
}

/** Whether a caller or detail is told that the other doesn't: that would be hidden. */
function isMorePrecise(other: Subject, lead: Subject): boolean {
  return (
    (other.caller !== undefined && lead.caller === undefined) ||
    (other.detail !== undefined && lead.detail === undefined)
  );
}

function compatible(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
