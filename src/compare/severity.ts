import { byCodeUnit } from '../support/json.ts';
import type { Finding, Severity } from './finding.ts';

const LEAST_FIRST: readonly Severity[] = ['info', 'warning', 'breaking'];

/** Positive when `a` weighs more than `b`, negative when less. */
export function bySeverity(a: Severity, b: Severity): number {
  return LEAST_FIRST.indexOf(a) - LEAST_FIRST.indexOf(b);
}

/** The one that weighs least. */
export function lightest(...severities: readonly Severity[]): Severity {
  return severities.toSorted(bySeverity)[0] as Severity;
}

/** Worst first, then by operation, rule and path. */
export function byWeight(a: Finding, b: Finding): number {
  return (
    bySeverity(b.severity, a.severity) ||
    byCodeUnit(a.operation, b.operation) ||
    byCodeUnit(a.rule, b.rule) ||
    byCodeUnit(a.path ?? '', b.path ?? '')
  );
}
