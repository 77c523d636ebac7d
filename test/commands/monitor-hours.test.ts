import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../src/commands/monitor.ts';
import type { OptionName } from '../../src/commands/options.ts';
import type { Alert } from '../../src/monitor/alert.ts';
import { Hub } from '../hub/hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { MovingRecording } from '../hub/moving-recording.ts';
import type { HubRecord } from '../hub/record.ts';
import { serve } from '../hub/serve.ts';
import { VirtualClock } from '../monitor/accelerated.ts';
import { random } from '../support/random.ts';
import { commandIO, inputsOf } from '../support/running.ts';

/** The command's own clock: time passes only while it sleeps. */
const time = vi.hoisted(() => ({ clock: undefined as VirtualClock | undefined }));
vi.mock('../../src/support/clock.ts', () => ({
  wallClock: {
    now: () => time.clock?.now(),
    sleep: (ms: number, signal: AbortSignal) => time.clock?.sleep(ms, signal),
  },
}));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Monday. */
const BEGIN = Date.UTC(2026, 10, 2, 9);

let state: string;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'monitor-hours-'));
});
afterEach(() => rm(state, { recursive: true }));

interface Edge {
  readonly from: string;
  readonly to: string;
  /** ms from one call to the next. */
  readonly every: number;
  readonly failing?: number;
  readonly latency?: number;
  /** Calls are made at these times, Unix ms. */
  readonly at?: (ts: number) => boolean;
}

/** The calls of five minutes. */
function callsOf(edges: readonly Edge[], start: number): HubRecord[] {
  return edges.flatMap(({ from, to, every, failing = 0, latency = 20, at }, nth) => {
    const times = Array.from({ length: Math.floor((5 * MINUTE) / every) }, (_, i) => i);
    return times.flatMap((i): HubRecord[] => {
      const ts = start + i * every + 7 * nth;
      const next = random(1, `${from} ${to}`, ts);
      if (at && !at(ts)) return [];
      return [
        {
          id: `node1/${ts}/${nth}`,
          ts,
          node_id: 'node1',
          src: end(from, 40_000),
          dst: end(to, 8080),
          proto: 'http',
          method: 'GET',
          path: `/${to}/${Math.floor(1000 * next())}`,
          status: next() < failing ? 503 : 200,
          latency_ms: latency * (0.8 + 0.4 * next()),
          req_headers: {},
          resp_headers: { 'content-type': 'application/json' },
          req_body: '',
          resp_body: '{"id":7}',
        },
      ];
    });
  });
}

function end(svc: string, port: number) {
  return { ip: '10.0.0.1', port, pod: `${svc}-6d4b75cb6d-hx2vq`, ns: 'shop', svc };
}

/** Runs the command with its usual interval against a Hub that holds an hour of these calls. */
async function monitor(
  edges: readonly Edge[],
  options: Partial<Record<OptionName, string>>,
  hubOptions: Partial<HubOptions> = {},
) {
  const clock = new VirtualClock(BEGIN);
  time.clock = clock;
  const recording = new MovingRecording({
    now: clock.now,
    retention: HOUR,
    begin: BEGIN - 5 * MINUTE,
    step: 5 * MINUTE,
    made: (start) => callsOf(edges, start).map((record) => ({ record, at: record.ts })),
  });
  const hub = new Hub(recording, { jobPolls: 0, ...hubOptions });
  const serving = await serve(hub);
  const { io, printed, noted } = commandIO();
  try {
    const given = { 'kubeshark-url': serving.url, state, json: 'true', ...options };
    const outcome = await run(inputsOf('monitor', given), io);
    const alerts = printed.map((line) => JSON.parse(line) as Alert);
    return { alerts, outcome, hub, noted: noted.join('\n') };
  } finally {
    await serving.close();
  }
}

const told = (alerts: readonly Alert[]) =>
  alerts.map(({ state: one, rule, subject }) => `${one} ${rule} ${subject.workload}`);

const shop: readonly Edge[] = [
  { from: 'web', to: 'orders', every: 2_000, failing: 0.05 },
  { from: 'web', to: 'payment', every: 2_000, latency: 800 },
  { from: 'web', to: 'stock', every: 2_000, failing: 0.001, latency: 200 },
];

describe('monitor --for 1h', () => {
  it('judges every five minutes, and alerts above 1 % of errors and 500 ms', async () => {
    const limits = { 'max-error-share': '1%', 'max-latency': '500ms' };
    const { alerts, noted } = await monitor(shop, { for: '1h', ...limits });
    expect(noted).toContain('12 intervals with 5,400 calls judged');
    expect(told(alerts).toSorted()).toEqual([
      'firing errors.limit orders',
      'firing latency.limit payment',
    ]);
    const [errors] = alerts.filter(({ rule }) => rule === 'errors.limit');
    expect(errors).toMatchObject({ expected: 0.01, unit: 'ratio' });
    const [latency] = alerts.filter(({ rule }) => rule === 'latency.limit');
    expect(latency).toMatchObject({ expected: 500, unit: 'ms' });
    for (const { firedAt, evidence } of alerts) {
      expect(Date.parse(firedAt) - BEGIN).toBeLessThanOrEqual(15 * MINUTE);
      expect(evidence.length).toBeGreaterThan(0);
    }
  });

  it('asks for L4 flows and their sum with each interval', async () => {
    const { hub } = await monitor(shop, { for: '1h' });
    expect(hub.served.get('list_l4_flows')).toBe(12);
    expect(hub.served.get('get_l4_flow_summary')).toBe(12);
  });
});

describe('monitor --workload payment', () => {
  it('tells of a caller that nobody expected, once enough was learned', async () => {
    const onset = BEGIN + 26 * HOUR;
    const edges = [
      { from: 'orders', to: 'payment', every: 60_000 },
      { from: 'orders', to: 'stock', every: 60_000 },
      { from: 'media', to: 'payment', every: 60_000, at: (ts: number) => ts >= onset },
      { from: 'media', to: 'stock', every: 60_000, at: (ts: number) => ts >= onset },
    ];
    const { alerts } = await monitor(edges, { workload: 'payment', for: '27h' });
    expect(alerts.map(({ rule, subject }) => [rule, subject])).toEqual([
      ['traffic.unexpected-caller', { workload: 'payment', caller: 'media' }],
    ]);
    expect(Date.parse(alerts[0]?.firedAt ?? '') - onset).toBeLessThanOrEqual(10 * MINUTE);
  });
});

describe('monitor --snapshot-on', () => {
  const options = { for: '1h', 'max-error-share': '1%', 'max-latency': '500ms' };

  it('keeps the packets of an alert in a snapshot, which it names', async () => {
    const { alerts, hub } = await monitor(shop, { ...options, 'snapshot-on': 'warning' });
    expect(alerts).toHaveLength(2);
    for (const { snapshot } of alerts) expect(snapshot).toMatch(/^wireproof-\d+-\d+$/);
    const fired = new Set(alerts.map(({ firedAt }) => firedAt));
    expect(hub.served.get('create_snapshot')).toBe(fired.size);
  });

  it('takes none where that is not asked for', async () => {
    const { alerts, hub } = await monitor(shop, { ...options, 'snapshot-on': 'never' });
    expect(alerts.map(({ snapshot }) => snapshot)).toEqual([undefined, undefined]);
    expect(hub.served.has('create_snapshot')).toBe(false);
  });

  it.each([
    ['fails', { jobFails: 'snapshot' }],
    ['has no tool for it', { without: ['create_snapshot'] }],
  ] as const)('a Hub that %s costs the packets alone', async (_, hubOptions) => {
    const on = { ...options, 'snapshot-on': 'warning' };
    const { alerts, noted } = await monitor(shop, on, hubOptions);
    expect(alerts.map(({ snapshot }) => snapshot)).toEqual([undefined, undefined]);
    expect(noted).toMatch(/no packets are kept of \S+ to \S+: .*snapshot/);
    expect(noted).toContain('12 intervals');
  });
});
