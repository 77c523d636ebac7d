import { byCodeUnit } from '../../support/json.ts';
import { ALERT_SEVERITIES, type AlertSeverity } from '../alert-rule.ts';
import type { Signal } from '../signal.ts';
import type { Slot } from '../slot.ts';
import { subjectKey } from '../subject.ts';
import { isHealthCheck } from './health-check.ts';
import type { Ongoing } from './ongoing.ts';

const NAMED = 3;

/**
 * One signal a workload, since its operations mostly fail together: the least likely leads, but
 * for health checks, and the others are named. What goes on keeps its subject and its beginning, and
 * is told by that subject's numbers as long as there are any.
 */
export function oneAWorkload(
  signals: readonly Signal[],
  ongoing: Ongoing,
  slot: Slot,
): readonly Signal[] {
  const groups = [...Map.groupBy(signals, ({ subject }) => subject.workload)];
  return groups
    .sort((a, b) => byCodeUnit(a[0], b[0]))
    .map(([workload, group]) => {
      const event = ongoing.get(workload, slot);
      const key = event && subjectKey(event.subject);
      const [first] = group.sort(mostTelling) as [Signal, ...Signal[]];
      const lead = group.find(({ subject }) => subjectKey(subject) === key) ?? first;
      const others = group.filter((signal) => signal !== lead);
      return {
        ...lead,
        ...(event && { subject: event.subject, since: Math.min(event.since, lead.since) }),
        severity: worst(group),
        summary: `${lead.summary}${also(lead, others)}`,
      };
    });
}

/** Remembers what a slot showed, once it is final. */
export function noteSignals(signals: readonly Signal[], ongoing: Ongoing, slot: Slot): void {
  for (const { rule, subject, since } of signals) {
    ongoing.note(subject.workload, slot, { rule, subject, since });
  }
  ongoing.forget(slot);
}

function mostTelling(a: Signal, b: Signal): number {
  const checks = (signal: Signal) => Number(isHealthCheck(nameOf(signal)));
  return (
    checks(a) - checks(b) ||
    a.chance - b.chance ||
    b.events - a.events ||
    byCodeUnit(nameOf(a), nameOf(b))
  );
}

function nameOf({ subject }: Signal): string {
  return subject.operation ?? subject.detail ?? subject.workload;
}

function also(lead: Signal, others: readonly Signal[]): string {
  const names = [...new Set(others.map(nameOf))]
    .filter((name) => name !== nameOf(lead))
    .sort(byCodeUnit);
  if (names.length === 0) return '';
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return `; so do ${names.slice(0, NAMED).join(', ')}${more}`;
}

function worst(signals: readonly Signal[]): AlertSeverity {
  const rank = (severity: AlertSeverity | undefined) =>
    ALERT_SEVERITIES.indexOf(severity ?? 'info');
  return ALERT_SEVERITIES[Math.min(...signals.map(({ severity }) => rank(severity)))] ?? 'info';
}
