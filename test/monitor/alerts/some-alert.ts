import type { Alert } from '../../../src/monitor/alert.ts';

/** An alert with everything that one can have. */
export function someAlert(more: Partial<Alert> = {}): Alert {
  return {
    schemaVersion: 1,
    id: 'a1b2c3d4e5f6a7b8c9d0',
    state: 'firing',
    rule: 'errors.share',
    category: 'errors',
    severity: 'critical',
    scope: 'shop',
    subject: { workload: 'orders', operation: 'orders GET /orders/{id}', caller: 'web' },
    summary: '31 % of 400 calls of orders GET /orders/{id} failed; usual is 0.1 %',
    since: '2026-03-02T10:00:00.000Z',
    firedAt: '2026-03-02T10:10:00.000Z',
    duration: 600_000,
    value: 0.31,
    expected: 0.001,
    unit: 'ratio',
    chance: 1e-30,
    events: 400,
    evidence: [
      {
        callId: 'call-1',
        ts: 1_772_445_600_000,
        caller: 'web',
        operation: 'orders GET /orders/{id}',
        status: '503',
        latency: 12.4,
      },
    ],
    kfl: 'dst.name == "orders" && response.status >= 500',
    checked: '400 calls against 7 days of the same hour',
    learned: '7 of 7 days',
    effects: [{ rule: 'errors.share', subject: { workload: 'web' }, summary: 'web fails too' }],
    ...more,
  };
}

export function resolved(alert: Alert): Alert {
  return {
    ...alert,
    state: 'resolved',
    resolvedAt: '2026-03-02T10:30:00.000Z',
    duration: 1_800_000,
  };
}
