import { byCodeUnit } from '../../support/json.ts';
import type { Alert } from '../alert.ts';
import { ALERT_SEVERITIES } from '../alert-rule.ts';
import type { AlertLine } from './summary.ts';

/** Most severe first, then those that last longest; the order of their ids where both are equal. */
export function worstFirst(alerts: readonly Alert[]): Alert[] {
  const rank = ({ severity }: Alert) => ALERT_SEVERITIES.indexOf(severity);
  return alerts.toSorted(
    (a, b) => rank(a) - rank(b) || byCodeUnit(a.since, b.since) || byCodeUnit(a.id, b.id),
  );
}

export function alertLine(alert: Alert): AlertLine {
  const { id, rule, category, severity, subject, summary, since, resolvedAt, duration, silenced } =
    alert;
  return {
    id,
    rule,
    category,
    severity,
    subject,
    summary,
    since,
    ...(resolvedAt !== undefined && { resolvedAt }),
    duration,
    ...(silenced !== undefined && { silenced }),
  };
}
