import { describe, expect, it } from 'vitest';
import { AlertBook } from '../../../../src/monitor/alerts/alert-book.ts';
import { LATENCY_DETECTORS } from '../../../../src/monitor/detect/latency/index.ts';
import type { DetectorKind } from '../../../../src/monitor/detector.ts';
import { USUAL_SETTINGS } from '../../../../src/monitor/settings.ts';
import { slotAt } from '../../../../src/monitor/slot.ts';
import { random } from '../../../support/random.ts';
import {
  DAY,
  during,
  firedOf,
  HOUR,
  INTERVAL,
  MINUTE,
  MONDAY,
  Watch,
  watch,
} from '../situation.ts';
import { daily, type Stream } from '../traffic.ts';

const [latencies] = LATENCY_DETECTORS as [DetectorKind];
/** Ten on a Wednesday. */
const ONSET = MONDAY + 2 * DAY + 10 * HOUR;

const shape = (ts: number) => 20 * (1 + 0.3 * daily(ts));
const slower = (factor: (ts: number) => number) => (ts: number) => shape(ts) * factor(ts);

function streams(latency: (ts: number) => number, rate = 20): Stream[] {
  return [
    { from: 'web', to: 'orders', calls: (ts) => rate * daily(ts), latency },
    { from: 'web', to: 'cart', calls: (ts) => rate * daily(ts), latency: shape },
  ];
}

const alerts = (given: readonly Stream[], days = 2.8, seed = 1, settings = {}) =>
  firedOf(watch(new Watch(latencies, settings), given, { days, seed }), latencies.rules);

describe('a step', () => {
  it.each([1, 2])('to twice the P95 is seen within 35 minutes, once: seed %i', (seed) => {
    const found = alerts(streams(slower(during(ONSET, ONSET + 2 * HOUR, 2, 1))), 2.6, seed);
    expect(found.map(({ rule }) => rule)).toEqual(['latency.degraded']);
    const [alert] = found;
    expect((alert?.at ?? 0) - ONSET).toBeLessThanOrEqual(35 * MINUTE);
    expect(alert?.first).toMatchObject({ subject: { workload: 'orders' }, unit: 'ms' });
    expect(alert?.first.value).toBeGreaterThan(1.3 * (alert?.first.expected ?? 0));
    expect(alert?.first.evidence.length).toBeGreaterThan(0);
    expect(alert?.ended).toBeLessThan(ONSET + 3 * HOUR);
  });

  it('to five times the P95 is critical within two intervals', () => {
    const [alert] = alerts(streams(slower(during(ONSET, ONSET + HOUR, 6, 1))), 2.5);
    expect(alert?.at).toBe(ONSET + 5 * MINUTE);
    expect(alert?.first.severity).toBe('critical');
  });

  it.each([1, 2, 3])('of a few calls that hung is none, at eight a slot: seed %i', (seed) => {
    const hung: Stream = {
      ...{ from: 'web', to: 'orders', latency: () => 15_000 },
      calls: (ts) => (ts >= ONSET && ts < ONSET + 15 * MINUTE ? 1.5 : 0.04),
    };
    const few = { from: 'web', to: 'orders', calls: () => 8, latency: shape };
    expect(alerts([few, hung], 2.6, seed)).toEqual([]);
  });

  it.each([2, 4])('in every other slot, to %i times the P95, is one alert', (factor) => {
    const end = ONSET + 3 * HOUR;
    const swings = (ts: number) =>
      ts >= ONSET && ts < end && Math.floor((ts - ONSET) / INTERVAL) % 2 === 0 ? factor : 1;
    const judged = watch(new Watch(latencies), streams(slower(swings), 40), { days: 2.6 });
    const book = new AlertBook(
      'shop',
      new Map(latencies.rules.map((rule) => [rule.id, rule])),
      undefined,
    );
    const told = judged.flatMap(({ start, signals }) =>
      book.update(signals, {
        slot: slotAt(start, INTERVAL),
        complete: true,
        callees: () => new Set(),
        rollout: () => undefined,
        learned: '2 of 7 days',
        settings: USUAL_SETTINGS,
      }),
    );
    expect(told.map(({ state, subject }) => `${state} ${subject.workload}`)).toEqual([
      'firing orders',
      'resolved orders',
    ]);
    expect(Date.parse(told[0]?.firedAt ?? '') - ONSET).toBeLessThanOrEqual(40 * MINUTE);
    expect(end - Date.parse(told[1]?.resolvedAt ?? '')).toBeLessThanOrEqual(2 * INTERVAL);
  });

  it('of less than 5 ms is none', () => {
    const fast = (ts: number) => 0.8 * during(ONSET, ONSET + 2 * HOUR, 2, 1)(ts);
    expect(alerts(streams(fast), 2.6)).toEqual([]);
  });
});

it.each([1, 2])(
  'a leak of +100 %% over 6 hours is one alert, as a leak, within them: seed %i',
  (seed) => {
    const growing = (ts: number) =>
      ts >= ONSET && ts < ONSET + 8 * HOUR ? 1 + (ts - ONSET) / (6 * HOUR) : 1;
    const found = alerts(streams(slower(growing), 40), 2.95, seed);
    expect(found.map(({ rule }) => rule)).toEqual(['latency.leak']);
    const [leak] = found;
    expect((leak?.at ?? 0) - ONSET).toBeLessThanOrEqual(6 * HOUR);
    expect(leak?.ended).toBeLessThan(ONSET + 10 * HOUR);
    expect(leak?.first.subject.workload).toBe('orders');
  },
);

it('a step that grows on is told until it ends, as the step that it was', () => {
  const growing = (ts: number) =>
    ts >= ONSET && ts < ONSET + 6 * HOUR ? 2.2 + (1.5 * (ts - ONSET)) / (6 * HOUR) : 1;
  const found = alerts(streams(slower(growing), 40), 2.9);
  expect(found.map(({ rule }) => rule)).toEqual(['latency.degraded']);
  expect(found[0]?.ended).toBeGreaterThan(ONSET + 5.5 * HOUR);
});

it('on the first day, three times the P95 is told, and a noon that is slower than the night is not', () => {
  const onset = MONDAY + 7 * HOUR;
  const times = (factor: number) =>
    alerts(streams(slower(during(onset, onset + HOUR, factor, 1))), 0.35);
  expect(times(1.5)).toEqual([]);
  const [alert, ...others] = times(3);
  expect(others).toEqual([]);
  expect((alert?.at ?? 0) - onset).toBeLessThanOrEqual(20 * MINUTE);
});

it('a workload that is slow in all is told by what it serves, not by its health checks', () => {
  const all = ['/healthz', '/orders'].map((path) => ({
    ...{ from: 'web', to: 'orders', path, calls: () => (path === '/healthz' ? 40 : 20) },
    latency: slower(during(ONSET, ONSET + HOUR, 6, 1)),
  }));
  const [alert, ...others] = alerts(all, 2.5);
  expect(others).toEqual([]);
  expect(alert?.first.subject.operation).toBe('orders GET /orders');
  expect(alert?.first.summary).toContain('so do orders GET /healthz');
});

it('a limit counts only where a person set one, and without any learning', () => {
  const run = (settings: object) =>
    alerts(
      streams(() => 60, 40),
      0.1,
      1,
      settings,
    );
  expect(run({}).map(({ rule }) => rule)).toEqual([]);
  expect(new Set(run({ limits: { latency: 40 } }).map(({ rule }) => rule))).toEqual(
    new Set(['latency.limit']),
  );
});

it('failed calls do not count', () => {
  const given = streams(shape).map((stream) => ({
    ...stream,
    failing: during(ONSET, ONSET + HOUR, 0.5, 0),
    given: (ts: number) =>
      ts >= ONSET && ts < ONSET + HOUR && ts % 2 ? { status: '503', latency: 9000 } : {},
  }));
  expect(alerts(given, 2.5)).toEqual([]);
});

it('days of drift, tails and daily shape give no alert', () => {
  const given = [5, 20, 80].flatMap((median, i): Stream[] => [
    {
      from: 'web',
      to: `s${i}`,
      calls: (ts) => 20 * daily(ts),
      latency: (ts) => {
        const drift = random('drift', i, Math.floor(ts / (20 * MINUTE)))() * 3.4 - 1.7;
        const tail = random('tail', i, ts)() < 0.01 ? 5 : 1;
        return median * (1 + 0.4 * daily(ts)) * Math.exp(0.08 * drift) * tail;
      },
    },
  ]);
  expect(alerts(given, 5)).toEqual([]);
});

it('what is remembered is all that matters', () => {
  const given = streams(slower(during(MONDAY + DAY + HOUR, MONDAY + DAY + 3 * HOUR, 4, 1)), 30);
  const [kept, whole] = [new Watch(latencies, {}, true), new Watch(latencies)];
  const run = { days: 1.2 };
  const judged = watch(whole, given, run);
  expect(watch(kept, given, run)).toEqual(judged);
  expect(judged.some(({ signals }) => signals.length > 0)).toBe(true);
  expect(kept.remembers()).toEqual(whole.remembers());
  for (const broken of [null, 7, [[1]], { slowness: [[3]], drift: 'x', ongoing: [[]] }]) {
    expect(() => latencies.create(broken as never).remembers()).not.toThrow();
  }
});

it.each([1, 2, 3, 4])('one that goes on is told by the numbers of its subject: seed %i', (seed) => {
  const all = ['/a', '/b', '/c'].map((path) => ({
    ...{ from: 'web', to: 'orders', path, calls: () => 20 },
    latency: slower(during(ONSET, ONSET + HOUR, 6, 1)),
  }));
  const judged = watch(new Watch(latencies, {}), all, { days: 2.5, seed });
  const told = judged.flatMap(({ signals }) => signals);
  expect(told.length).toBeGreaterThan(5);
  for (const { subject, summary } of told) {
    expect(summary.startsWith(`${subject.operation} takes `)).toBe(true);
  }
});
