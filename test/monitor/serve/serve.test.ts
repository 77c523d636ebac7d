import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Routes } from '../../../src/monitor/serve/answer.ts';
import { Health } from '../../../src/monitor/serve/health.ts';
import { MonitorMetrics } from '../../../src/monitor/serve/metrics.ts';
import { openServer } from '../../../src/monitor/serve/open.ts';
import { serveMonitor } from '../../../src/monitor/serve/server.ts';
import { someAlert } from '../alerts/some-alert.ts';
import { judged } from './views.ts';

let stop: AbortController;
let dir: string;
let now: number;
beforeEach(async () => {
  stop = new AbortController();
  dir = await mkdtemp(join(tmpdir(), 'wireproof-serve-'));
  now = 1_000_000;
});
afterEach(async () => {
  stop.abort();
  await rm(dir, { recursive: true, force: true });
});

const LOOPBACK = { host: '127.0.0.1', port: 0 };
const page: Routes = new Map([['/', () => ({ type: 'text/html; charset=utf-8', body: '<p>hi' })]]);

describe('the server', () => {
  it('answers GET on its routes alone, so that nothing runs and nobody frames it', async () => {
    const broken = () => {
      throw new Error('secret');
    };
    const { url } = await serveMonitor(
      LOOPBACK,
      new Map([...page, ['/broken', broken]]),
      stop.signal,
    );
    const answer = await fetch(`${url}/?a=b`);
    expect([answer.status, await answer.text()]).toEqual([200, '<p>hi']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    });
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    const posted = await fetch(url, { method: 'POST', body: 'x' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
    const failed = await fetch(`${url}/broken`);
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toContain('secret');
  });

  it('answers on loopback to no other name, as a page elsewhere could make one point here', async () => {
    const { url } = await serveMonitor(LOOPBACK, page, stop.signal);
    const status = await new Promise((resolve, reject) => {
      request(url, { headers: { host: 'evil.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it('stops with the signal, and says when it can not listen', async () => {
    const { url, closed } = await serveMonitor(LOOPBACK, page, stop.signal);
    const port = Number(new URL(url).port);
    await expect(serveMonitor({ host: '127.0.0.1', port }, page, stop.signal)).rejects.toThrow(
      /--listen 127\.0\.0\.1:\d+: cannot listen there \(EADDRINUSE\)/,
    );
    stop.abort();
    await closed;
    await expect(fetch(url)).rejects.toThrow();
  });

  it('serves metrics, health and readiness beside the given routes', async () => {
    const { url, listeners } = await openServer({
      listen: LOOPBACK,
      routes: page,
      interval: 10_000,
      stateDir: dir,
      now: () => now,
      signal: stop.signal,
    });
    const statuses = async () =>
      Promise.all(
        ['/', '/metrics', '/healthz', '/readyz'].map(
          async (path) => (await fetch(url + path)).status,
        ),
      );
    expect(await statuses()).toEqual([200, 200, 200, 503]);
    for (const listener of listeners) await listener.slot(judged(1, []));
    expect(await statuses()).toEqual([200, 200, 200, 200]);
  });
});

describe('health', () => {
  const health = () => new Health({ interval: 300_000, stateDir: dir, now: () => now });

  it('is lost when the loop does not come round', () => {
    const one = health();
    now += 900_000;
    expect(one.healthz().status).toBe(200);
    now += 1;
    expect(one.healthz()).toMatchObject({ status: 503, body: expect.stringContaining('900 s') });
    one.round();
    expect(one.healthz().status).toBe(200);
  });

  it('is ready once it looked, while the Hub answers and the state can be kept', async () => {
    const one = health();
    expect((await one.readyz()).status).toBe(503);
    one.round();
    expect((await one.readyz()).status).toBe(200);
    one.blind('shop', { since: now });
    expect((await one.readyz()).status).toBe(200);
    now += 900_001;
    expect(await one.readyz()).toMatchObject({ status: 503, body: expect.stringContaining('Hub') });
    one.blind('shop', undefined);
    expect((await one.readyz()).status).toBe(200);
    one.unkept('shop', 'the disk is full');
    expect(await one.readyz()).toMatchObject({ status: 503, body: expect.stringMatching('state') });
    one.unkept('shop', undefined);
    expect((await one.readyz()).status).toBe(200);
    await rm(dir, { recursive: true });
    expect((await one.readyz()).status).toBe(503);
  });
});

describe('metrics', () => {
  const lines = async (metrics: MonitorMetrics) =>
    (await metrics.answer()).body.split('\n').filter((line) => /^wireproof_/.test(line));

  const failing = { since: 940_000, reason: 'answered 503' };
  const OUTBOX = new Map([
    ['slack#1', { delivered: 4, refused: 1, dropped: 0, pending: 2, failing }],
  ]);

  it('tell what was measured, and how the monitor is', async () => {
    const metrics = await MonitorMetrics.open(() => now);
    metrics.slot(
      judged(
        1,
        [{ workload: 'orders', calls: 100, failures: 3, latency: 250 }],
        [someAlert(), someAlert({ severity: 'warning' })],
      ),
    );
    metrics.slot(judged(2, [{ workload: 'orders', calls: 50, latency: 100 }], [someAlert()]));
    metrics.blind('shop', { since: now - 12_000 });
    metrics.round('shop', OUTBOX);
    expect(await lines(metrics)).toEqual([
      'wireproof_calls_total{scope="shop",workload="orders"} 150',
      'wireproof_call_failures_total{scope="shop",workload="orders"} 3',
      expect.stringMatching(
        /^wireproof_latency_p95_seconds\{scope="shop",workload="orders"\} 0\.(?:09|10)/,
      ),
      'wireproof_slots_judged_total{scope="shop"} 2',
      'wireproof_lag_seconds{scope="shop"} 4.5',
      'wireproof_learned_ratio{scope="shop"} 0.25',
      'wireproof_alerts_firing{scope="shop",rule="errors.share",severity="critical"} 1',
      'wireproof_outbox_pending{scope="shop",sink="slack#1"} 2',
      'wireproof_outbox_failing_seconds{scope="shop",sink="slack#1"} 60',
      'wireproof_outbox_messages_total{scope="shop",sink="slack#1",outcome="delivered"} 4',
      'wireproof_outbox_messages_total{scope="shop",sink="slack#1",outcome="refused"} 1',
      'wireproof_outbox_messages_total{scope="shop",sink="slack#1",outcome="dropped"} 0',
      'wireproof_hub_blind_seconds{scope="shop"} 12',
    ]);
    // Asked twice, they say the same; an alert that ended is told no more.
    expect(await lines(metrics)).toEqual(await lines(metrics));
    metrics.slot(judged(3, []));
    const after = (await lines(metrics)).join('\n');
    expect(after).not.toMatch(/alerts_firing|latency_p95/);
    expect(after).toContain('wireproof_calls_total{scope="shop",workload="orders"} 150');
  });

  it('are bounded: what is beyond 500 workloads is other, the least called first', async () => {
    const metrics = await MonitorMetrics.open(() => now);
    metrics.slot(
      judged(
        1,
        Array.from({ length: 700 }, (_, i) => ({ workload: `w${i}`, calls: i + 1 })),
      ),
    );
    const calls = (await lines(metrics)).filter((line) => line.startsWith('wireproof_calls_total'));
    expect(calls).toHaveLength(501);
    expect(calls).toContain(
      `wireproof_calls_total{scope="shop",workload="other"} ${(200 * 201) / 2}`,
    );
    expect((await lines(metrics)).join('\n')).not.toContain(
      'p95_seconds{scope="shop",workload="other"',
    );
  });

  it('are what promtool takes without a complaint, whatever names the traffic has', async () => {
    const metrics = await MonitorMetrics.open(() => now);
    const hostile = 'evil"}\n# HELP x \\ \u202e';
    metrics.slot(
      judged(
        1,
        [
          { workload: hostile, calls: 5 },
          { workload: 'orders', calls: 5 },
        ],
        [someAlert()],
      ),
    );
    metrics.round('shop', OUTBOX);
    const { body, type } = await metrics.answer();
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body).toContain('evil\\"}\\\\u{a}# HELP x');
    expect(body).toContain('process_resident_memory_bytes ');
    const ours = body.split(/(?=^# HELP )/m).filter((part) => part.startsWith('# HELP wireproof_'));
    expect(ours).toHaveLength(11);
    await promtool(ours.join(''));
  });
});

function promtool(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile('promtool', ['check', 'metrics'], (error, stdout, stderr) =>
      error ? reject(new Error(stdout + stderr, { cause: error })) : resolve(),
    );
    child.stdin?.end(text);
  });
}
