import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { StatusData } from '../../../src/report/monitor/status-data.ts';
import { StatusListener } from '../../../src/report/monitor/status-listener.ts';
import { call } from '../../support/calls.ts';
import { alert, busySlot, judgedSlot, MONDAY, normal } from '../../support/judged-slots.ts';

const TEMPLATE = '<title>%TITLE%</title>%PLAIN%<script type="application/json">%DATA%</script>';
const at = (minutes: number) => new Date(MONDAY + minutes * 60_000).toISOString();
const over = (id: string, minutes: number) =>
  alert({ id, state: 'resolved', resolvedAt: at(minutes) });

function bodies(status: StatusListener): Record<string, string> {
  return Object.fromEntries([...status.routes()].map(([path, answer]) => [path, answer().body]));
}

describe('StatusListener', () => {
  it('answers a page and three documents, before anything was judged too', () => {
    const status = new StatusListener(TEMPLATE);
    expect([...status.routes().keys()]).toEqual([
      '/',
      '/status.json',
      '/alerts.json',
      '/summary.json',
    ]);
    expect(bodies(status)['/']).toContain('<title>Wireproof: Nothing judged yet</title>');
    expect(JSON.parse(bodies(status)['/alerts.json'] ?? '')).toEqual({
      schemaVersion: 1,
      kind: 'alerts',
      firing: [],
      resolved: [],
    });
  });

  it('gives alerts and the last summary as their schemas say', () => {
    const status = new StatusListener(TEMPLATE);
    for (const nth of [0, 1, 2]) status.slot(busySlot({ nth }));
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const check = (name: string, items: unknown[]) => {
      const schema = JSON.parse(readFileSync(`docs/schema/${name}.schema.json`, 'utf8'));
      const valid = ajv.compile(schema);
      expect(items.length).toBeGreaterThan(0);
      for (const item of items) expect(valid(item), JSON.stringify(valid.errors)).toBe(true);
    };
    const alerts = JSON.parse(bodies(status)['/alerts.json'] ?? '');
    check('alert', [...alerts.firing, ...alerts.resolved]);
    check('summary', JSON.parse(bodies(status)['/summary.json'] ?? '').summaries);
  });

  it('keeps what was resolved for 24 hours, the latest first, at most 500', () => {
    const status = new StatusListener(TEMPLATE);
    const resolved = () => status.data().scopes[0]?.resolved.map(({ id }) => id);
    status.slot(judgedSlot({ nth: 0, changed: [over('a', 3)] }));
    status.slot(judgedSlot({ nth: 1, changed: [over('b', 8)] }));
    expect(resolved()).toEqual(['b', 'a']);
    status.slot(judgedSlot({ nth: 288 }));
    expect(resolved()).toEqual(['b']);
    const many = Array.from({ length: 600 }, (_, i) => over(`m${i}`, 1440 + i));
    status.slot(judgedSlot({ nth: 289, changed: many }));
    const alerts = JSON.parse(bodies(status)['/alerts.json'] ?? '');
    expect(alerts.resolved.length).toBe(500);
    expect(status.data().scopes[0]).toMatchObject({ resolvedLeftOut: 450 });
  });

  it('shows calls in the last hours, and where nobody looked', () => {
    const status = new StatusListener(TEMPLATE);
    const calls = (count: number) =>
      Array.from({ length: count }, () => ['orders GET /', call({ from: 'web' })] as const);
    for (const nth of [0, 1, 4]) status.slot(judgedSlot({ nth, calls: calls(30 * (nth + 1)) }));
    expect(status.data().scopes[0]?.workloads).toMatchObject([
      {
        workload: 'orders',
        callsPerSecond: 0.5,
        errorShare: 0,
        trend: [0.1, 0.2, null, null, 0.5],
      },
    ]);
    status.slot(judgedSlot({ nth: 5 }));
    expect(status.data().scopes[0]?.workloads).toMatchObject([
      { workload: 'orders', callsPerSecond: 0, errorShare: null, p95: null },
    ]);
  });

  it('adds short intervals up to points of five minutes', () => {
    const status = new StatusListener(TEMPLATE);
    for (let nth = 0; nth < 60; nth++) {
      const calls = [['orders GET /', call({ from: 'web' })] as const];
      status.slot(judgedSlot({ nth, interval: 10_000, calls }));
    }
    expect(status.data().scopes[0]?.workloads[0]?.trend).toEqual([0.1, 0.1]);
  });

  it('compares a P95 with what the same mix of calls usually has', () => {
    const status = new StatusListener(TEMPLATE);
    const calls = (count: number, operation: string, latency: number) =>
      Array.from({ length: count }, () => [operation, call({ from: 'web', latency })] as const);
    const told = judgedSlot({
      calls: [...calls(90, 'orders GET /fast', 10), ...calls(10, 'orders GET /slow', 500)],
      normal: {
        ...normal({}),
        usual: (operation) =>
          normal({ latency: () => (operation.endsWith('/slow') ? 800 : 5) }).usual(operation),
      },
    });
    status.slot(told);
    const [row] = status.data().scopes[0]?.workloads ?? [];
    expect(row?.p95).toBeCloseTo(500, -1);
    expect(row?.usualP95).toBe(800);
  });

  it('is bounded, whatever comes', () => {
    const status = new StatusListener(TEMPLATE);
    const firing = Array.from({ length: 300 }, (_, i) =>
      alert({ id: `f${i}`, summary: 'x'.repeat(5_000), kfl: '🦈'.repeat(4_000) }),
    );
    for (let nth = 0; nth < 400; nth++) {
      const calls = Array.from(
        { length: 20 },
        (_, i) => [`w${nth * 20 + i} GET /`, call({ from: 'web' })] as const,
      );
      status.slot(judgedSlot({ nth, calls, firing }));
    }
    const data: StatusData = status.data();
    expect(data.scopes[0]?.workloads.length).toBe(100);
    expect((data.scopes[0]?.workloadsLeftOut ?? 0) + 100).toBeLessThanOrEqual(520);
    expect(data.scopes[0]?.firing.length).toBe(50);
    for (const { trend } of data.scopes[0]?.workloads ?? []) {
      expect(trend.length).toBeLessThanOrEqual(96);
    }
    expect(JSON.stringify(data).length).toBeLessThan(400_000);
  });
});
