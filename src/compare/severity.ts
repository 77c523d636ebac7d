import type { Severity } from './finding.ts';

const WEIGHT: Readonly<Record<Severity, number>> = { breaking: 2, warning: 1, info: 0 };

/** Positive when `a` weighs more than `b`, negative when less. */
export function bySeverity(a: Severity, b: Severity): number {
  return WEIGHT[a] - WEIGHT[b];
}
