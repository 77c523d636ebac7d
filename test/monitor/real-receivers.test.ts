import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Outbox } from '../../src/monitor/alerts/outbox.ts';
import { openServer } from '../../src/monitor/serve/open.ts';
import { openSinks } from '../../src/monitor/sinks/index.ts';
import { slotAt } from '../../src/monitor/slot.ts';
import { silent } from '../../src/support/progress.ts';
import { context, newBook, signal as seen } from './alerts/signals.ts';
import { activeAlerts, startAlertmanager, untilActive } from './real/alertmanager.ts';
import { measured, startPrometheus } from './real/prometheus.ts';
import { eventually, type Started } from './real/server-process.ts';
import { judged } from './serve/views.ts';
import { Receiver } from './sinks/receiver.ts';

const INTERVAL = 10_000;
const { signal } = new AbortController();

interface Notification {
  readonly status: string;
  readonly alerts: readonly { readonly status: string; readonly labels: Record<string, string> }[];
}

describe('a real Alertmanager', () => {
  let receiver: Receiver;
  let alertmanager: Started;
  beforeAll(async () => {
    receiver = await Receiver.start();
    alertmanager = await startAlertmanager(receiver.url);
  });
  afterAll(async () => {
    await alertmanager?.stop();
    await receiver?.stop();
  });

  it('shows an alert from firing to resolved, and tells its own receivers', async () => {
    const sinks = openSinks({
      alertmanager: [alertmanager.url],
      webhook: [],
      webhookSecret: undefined,
      slack: [],
      interval: INTERVAL,
    });
    const names = sinks.map(({ name }) => name);
    const book = newBook();
    const outbox = new Outbox();
    const begin = slotAt(Date.now() - 6 * INTERVAL, INTERVAL).start;
    const take = async (index: number, unwell: boolean) => {
      const slot = slotAt(begin + index * INTERVAL, INTERVAL);
      const hostile = { workload: 'orders', caller: 'evil"}\n<b>\u202e' };
      const signals = unwell ? [seen('errors.burn-rate', hostile, { since: slot.start })] : [];
      outbox.add(book.update(signals, context(index, { slot })), names);
      await outbox.deliver(sinks, Date.now(), signal, silent);
      for (const sink of sinks) await sink.refresh?.(book.firing(), Date.now(), signal);
      expect(outbox.pending).toBe(0);
    };
    await take(0, true);
    const [shown] = await untilActive(alertmanager, 1);
    expect(shown).toMatchObject({
      labels: {
        alertname: 'errors.burn-rate',
        severity: 'critical',
        scope: 'shop',
        workload: 'orders',
        caller: 'evil"}\\u{a}<b>\\u{202e}',
        wireproof_id: book.firing()[0]?.id,
      },
      annotations: { summary: 'errors.burn-rate at orders', kfl: 'dst.name == "orders"' },
      status: { state: 'active' },
    });
    expect(Date.parse(shown?.startsAt ?? '')).toBe(begin);
    // It stays one while it is repeated.
    await take(1, true);
    expect(await activeAlerts(alertmanager)).toHaveLength(1);
    await notified('firing');
    await take(2, false);
    await take(3, false);
    await untilActive(alertmanager, 0);
    await notified('resolved');
    const states = receiver.received.map(({ body }) => (JSON.parse(body) as Notification).status);
    expect(states).toEqual(['firing', 'resolved']);
  });

  function notified(status: string): Promise<Notification> {
    return eventually(`the notification that it is ${status}`, async () =>
      receiver.received
        .map(({ body }) => JSON.parse(body) as Notification)
        .find((notification) => notification.status === status),
    );
  }
});

describe('a real Prometheus', () => {
  it('scrapes what a monitor measured', async () => {
    const stop = new AbortController();
    const { url, listeners, closed } = await openServer({
      listen: { host: '127.0.0.1', port: 0 },
      routes: new Map(),
      interval: INTERVAL,
      stateDir: '.',
      now: Date.now,
      signal: stop.signal,
    });
    for (const listener of listeners) {
      await listener.slot(
        judged(1, [{ workload: 'orders', calls: 100, failures: 7, latency: 250 }]),
      );
    }
    const prometheus = await startPrometheus(url);
    try {
      const orders = '{scope="shop",workload="orders"}';
      expect(await measured(prometheus, `wireproof_calls_total${orders}`)).toBe(100);
      expect(await measured(prometheus, `wireproof_call_failures_total${orders}`)).toBe(7);
      const p95 = await measured(prometheus, `wireproof_latency_p95_seconds${orders}`);
      expect(p95).toBeCloseTo(0.25, 1);
      expect(await measured(prometheus, 'up{job="wireproof"}')).toBe(1);
      expect(await measured(prometheus, 'process_resident_memory_bytes')).toBeGreaterThan(
        1_000_000,
      );
    } finally {
      await prometheus.stop();
      stop.abort();
      await closed;
    }
  });
});
