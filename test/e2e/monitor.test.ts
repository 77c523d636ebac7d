import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alert } from '../../src/monitor/alert.ts';
import { Hub } from '../hub/hub.ts';
import type { HubRecord } from '../hub/record.ts';
import { type Serving, serve } from '../hub/serve.ts';
import { syntheticCalls } from '../hub/synthetic.ts';
import { startAlertmanager, untilActive } from '../monitor/real/alertmanager.ts';
import { measured, startPrometheus } from '../monitor/real/prometheus.ts';
import { eventually, type Started } from '../monitor/real/server-process.ts';
import { Receiver } from '../monitor/sinks/receiver.ts';

const INTERVAL = 60_000;
const SECRET = `whsec_${Buffer.from('a key of thirty-two bytes, no more').toString('base64')}`;
/** Eighteen whole minutes that are over: an outage of audit for three of them, which payment suffers as well. */
const BEGIN = Math.floor(Date.now() / INTERVAL - 20) * INTERVAL;
const SLOTS = 18;
const OUTAGE_END = BEGIN + 3 * INTERVAL;
const CALLS = 9_000;

const records: readonly HubRecord[] = syntheticCalls({
  calls: CALLS,
  start: BEGIN,
  span: SLOTS * INTERVAL,
}).map((record) => {
  const down = record.ts < OUTAGE_END && ['audit', 'payment'].includes(record.dst.svc ?? '');
  return { ...record, status: down ? 503 : 200 };
});

describe('a monitor from the Hub to Alertmanager, a webhook and Prometheus', () => {
  let state: string;
  let hub: Serving;
  let notified: Receiver;
  let hook: Receiver;
  let alertmanager: Started;
  beforeAll(async () => {
    state = await mkdtemp(join(tmpdir(), 'wireproof-e2e-monitor-'));
    hub = await serve(new Hub(records), 0);
    notified = await Receiver.start();
    hook = await Receiver.start();
    alertmanager = await startAlertmanager(notified.url);
  });
  afterAll(async () => {
    await alertmanager?.stop();
    await notified?.stop();
    await hook?.stop();
    await hub?.close();
    await rm(state, { recursive: true, force: true });
  });

  it('tells an outage once, at the workload that it comes from, and its end after a restart', async () => {
    const until = String(OUTAGE_END - 1);
    hook.manner = { status: 503 };
    const first = start('--once', '--start', String(BEGIN), '--end', until, '--json');
    expect([await first.exit, first.errors()]).toEqual([1, expect.stringContaining('503')]);
    const lines = first.output().trim().split('\n');
    const [fired, ...others] = lines.map((line) => JSON.parse(line) as Alert);
    expect(others).toEqual([]);
    expect(fired).toMatchObject({
      state: 'firing',
      rule: 'errors.burn-rate',
      severity: 'critical',
      subject: { workload: 'audit' },
    });
    expect(fired?.effects.map(({ subject }) => subject.workload)).toContain('payment');
    const [shown] = await untilActive(alertmanager, 1);
    expect(shown).toMatchObject({
      labels: { alertname: 'errors.burn-rate', workload: 'audit', wireproof_id: fired?.id },
    });
    expect(Date.parse(shown?.startsAt ?? '')).toBe(BEGIN);

    // The webhook comes back; what it missed is sent by the next process, before the end.
    hook.manner = { status: 200 };
    hook.received.length = 0;
    const second = start('--listen', '127.0.0.1:0', '--json');
    const url = await eventually('the address', async () => {
      if (second.ended()) throw new Error(second.errors());
      return /status page at (\S+)/.exec(second.errors())?.[1];
    });
    const prometheus = await startPrometheus(url);
    try {
      await untilActive(alertmanager, 0);
      // And those that ended since.
      const slots = `wireproof_slots_judged_total{scope="all"} >= ${SLOTS - 3}`;
      expect(await measured(prometheus, slots)).toBeGreaterThanOrEqual(SLOTS - 3);
      const audit = 'wireproof_calls_total{scope="all",workload="audit"}';
      const served = records.filter(({ dst, ts }) => dst.svc === 'audit' && ts >= OUTAGE_END);
      expect(await measured(prometheus, audit)).toBe(served.length);
      for (const path of ['/healthz', '/readyz', '/alerts.json', '/']) {
        expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
      }
      // What the page may run is named by its hash, in the header as well.
      const policy = (await fetch(url)).headers.get('content-security-policy');
      expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-.*; frame-ancestors 'none'$/);
      await eventually('the end at the webhook', async () => hook.received[1]);
    } finally {
      await prometheus.stop();
      second.stop();
    }
    await second.exit;
    const [end] = second
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Alert);
    expect(end).toMatchObject({ id: fired?.id, state: 'resolved' });
    expect(Date.parse(end?.resolvedAt ?? '')).toBeGreaterThanOrEqual(OUTAGE_END);
    const verified = hook.received.map(({ body, headers }) =>
      new Webhook(SECRET).verify(body, headers as Record<string, string>),
    ) as Alert[];
    expect(verified.map(({ id, state: one }) => [id, one])).toEqual([
      [fired?.id, 'firing'],
      [fired?.id, 'resolved'],
    ]);
    await eventually('the end at the receiver of Alertmanager', async () => notified.received[1]);
    const states = notified.received.map(({ body }) => JSON.parse(body).status);
    expect(states).toEqual(['firing', 'resolved']);
  });

  function start(...options: readonly string[]) {
    const child: ChildProcess = spawn(
      process.execPath,
      [
        'dist/cli.js',
        'monitor',
        ...['--kubeshark-url', hub.url, '--state', state, '--interval', '1m'],
        ...['--alertmanager', alertmanager.url],
        ...['--webhook', `${hook.url}/hook`, '--webhook-secret', SECRET],
        ...options,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const parts = { out: '', err: '' };
    child.stdout?.on('data', (part: Buffer) => {
      parts.out += part;
    });
    child.stderr?.on('data', (part: Buffer) => {
      parts.err += part;
    });
    const exit = once(child, 'close').then(([code]) => code as number | null);
    return {
      exit,
      output: () => parts.out,
      errors: () => parts.err,
      ended: () => child.exitCode !== null,
      stop: () => child.kill('SIGTERM'),
    };
  }
});
