import { byCodeUnit } from '../../support/json.ts';
import { ALERT_SEVERITIES, type AlertCategory, type AlertSeverity } from '../alert-rule.ts';

/** Among equally severe ones: what rather is the cause comes first. */
const CATEGORIES: readonly AlertCategory[] = [
  'security',
  'errors',
  'network',
  'latency',
  'protocol',
  'traffic',
  'monitor',
];

export interface Ranked {
  readonly key: string;
  readonly category: AlertCategory;
  readonly severity: AlertSeverity;
  readonly chance: number;
}

/** The most severe first, then by category, then the most certain; a total order. */
export function byRank(a: Ranked, b: Ranked): number {
  return (
    bySeverity(a.severity, b.severity) ||
    CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category) ||
    a.chance - b.chance ||
    byCodeUnit(a.key, b.key)
  );
}

/** Worst first. */
export function bySeverity(a: AlertSeverity, b: AlertSeverity): number {
  return ALERT_SEVERITIES.indexOf(a) - ALERT_SEVERITIES.indexOf(b);
}

export function worse(a: AlertSeverity, b: AlertSeverity): AlertSeverity {
  return bySeverity(a, b) <= 0 ? a : b;
}
