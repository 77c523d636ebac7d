import type { Severity } from './finding.ts';

const LEAST_FIRST: readonly Severity[] = ['info', 'warning', 'breaking'];

/** Positive when `a` weighs more than `b`, negative when less. */
export function bySeverity(a: Severity, b: Severity): number {
  return LEAST_FIRST.indexOf(a) - LEAST_FIRST.indexOf(b);
}

/** The one that weighs least. */
export function lightest(...severities: readonly Severity[]): Severity {
  return severities.toSorted(bySeverity)[0] as Severity;
}
