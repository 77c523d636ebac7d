import type { AlertCategory, AlertRule, AlertSeverity } from '../../../src/monitor/alert-rule.ts';
import { AlertBook } from '../../../src/monitor/alerts/alert-book.ts';
import type { BookContext } from '../../../src/monitor/alerts/book-context.ts';
import { USUAL_SETTINGS } from '../../../src/monitor/settings.ts';
import type { Signal } from '../../../src/monitor/signal.ts';
import { type Slot, slotAt } from '../../../src/monitor/slot.ts';
import type { Subject } from '../../../src/monitor/subject.ts';
import type { Json } from '../../../src/support/json.ts';

export const INTERVAL = 300_000;
const START = Date.parse('2026-03-02T00:00:00Z');

/** The slot with this number, from a Monday's midnight on. */
export function slot(index: number): Slot {
  return slotAt(START + index * INTERVAL, INTERVAL);
}

function rule(
  id: string,
  severity: AlertSeverity,
  symptom: boolean,
  confirm: number,
  clear: number,
): AlertRule {
  const category = id.split('.')[0] as AlertCategory;
  const words = { title: id, meaning: '', method: '', within: '', remedy: '' };
  return { id, category, severity, symptom, confirm, clear, ...words };
}

/** Rules as the detectors have them, made up for these tests. */
export const RULES: ReadonlyMap<string, AlertRule> = new Map(
  [
    rule('errors.burn-rate', 'critical', true, 1, 2),
    rule('errors.share', 'warning', true, 2, 2),
    rule('errors.rejections', 'warning', true, 2, 2),
    rule('latency.p95', 'warning', true, 2, 3),
    rule('traffic.volume', 'warning', true, 2, 2),
    rule('traffic.silence', 'critical', true, 2, 1),
    rule('traffic.unexpected-caller', 'warning', false, 1, 2),
    rule('traffic.new-host', 'warning', false, 1, 12),
    rule('protocol.schema', 'warning', false, 1, 3),
    rule('network.resets', 'warning', true, 2, 2),
    rule('security.beacon', 'warning', false, 1, 2),
    rule('security.plaintext-egress', 'critical', false, 1, 2),
    {
      ...rule('security.password-guessing', 'warning', false, 1, 2),
      explains: ['errors.rejections', 'traffic.volume'],
    },
    rule('monitor.hub', 'critical', false, 1, 1),
  ].map((one) => [one.id, one]),
);

/** One signal; `on` is a workload, or a subject. */
export function signal(id: string, on: string | Subject, more: Partial<Signal> = {}): Signal {
  const subject = typeof on === 'string' ? { workload: on } : on;
  return {
    rule: id,
    subject,
    summary: `${id} at ${subject.workload}`,
    since: START,
    value: 0.5,
    expected: 0.01,
    unit: 'ratio',
    chance: 1e-9,
    events: 100,
    evidence: [{ callId: 'c1', ts: START, caller: 'web', operation: 'orders GET /' }],
    kfl: `dst.name == "${subject.workload}"`,
    checked: '100 calls',
    ...more,
  };
}

/** web → orders → stock → db, and orders → pay; batch calls nobody. */
export const CALLS: Readonly<Record<string, readonly string[]>> = {
  web: ['orders'],
  orders: ['stock', 'pay'],
  stock: ['db'],
};

export function context(index: number, more: Partial<BookContext> = {}): BookContext {
  return {
    slot: slot(index),
    complete: true,
    callees: (workload) => new Set(CALLS[workload]),
    rollout: () => undefined,
    learned: '7 of 7 days',
    settings: USUAL_SETTINGS,
    ...more,
  };
}

export function newBook(kept?: Json): AlertBook {
  return new AlertBook('shop', RULES, kept);
}

/** Signals that came in a slot bear its start as their beginning. */
export function at(index: number, ...signals: readonly Signal[]): readonly Signal[] {
  return signals.map((one) => ({ ...one, since: slot(index).start }));
}

/** `firing errors.burn-rate orders` for each alert that a slot gave out. */
export function told(alerts: ReturnType<AlertBook['update']>): string[] {
  return alerts.map(({ state, rule: id, subject, silenced }) =>
    [state, id, subject.workload, ...(silenced ? [`(${silenced})`] : [])].join(' '),
  );
}
