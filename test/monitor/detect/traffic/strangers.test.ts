import { describe, expect, it } from 'vitest';
import type { Call } from '../../../../src/calls/call.ts';
import { strangers } from '../../../../src/monitor/detect/traffic/strangers.ts';
import { endpoint } from '../../../support/calls.ts';
import { DAY, during, firedOf, HOUR, INTERVAL, MONDAY, Watch, watch } from '../situation.ts';
import type { Stream } from '../traffic.ts';

const ONSET = MONDAY + 2 * DAY + 10 * HOUR;
const usual: Stream[] = [
  { from: 'web', to: 'orders', calls: () => 4 },
  { from: 'web', to: 'cart', calls: () => 4 },
  { from: 'cart', to: 'db', calls: () => 4 },
];

const toHost = (name: string) => (): Partial<Call> => ({
  dst: { ...endpoint(undefined, 443), workload: { name, kind: 'host' } },
});

const alerts = (more: readonly Stream[], settings = {}) =>
  firedOf(
    watch(new Watch(strangers, settings), [...usual, ...more], { days: 2.6 }),
    strangers.rules,
  );

describe('a caller that never called before', () => {
  it('is told once, with the edge, and known after an hour', () => {
    const found = alerts([{ from: 'web', to: 'db', calls: during(ONSET, ONSET + 3 * HOUR, 6, 0) }]);
    expect(found.map(({ rule, first }) => [rule, first.subject])).toEqual([
      ['traffic.unexpected-caller', { workload: 'db', caller: 'web' }],
    ]);
    expect(found[0]?.at).toBeLessThanOrEqual(ONSET + INTERVAL);
    expect(found[0]?.ended).toBeDefined();
    expect(found[0]?.first.evidence[0]).toMatchObject({ caller: 'web', operation: 'db GET /db' });
    expect(found[0]?.first.kfl).toContain('dst.service.name == "db"');
  });

  it('is none where it is new itself: then the workload is', () => {
    const found = alerts([
      { from: 'newcomer', to: 'db', calls: during(ONSET, ONSET + HOUR, 6, 0) },
    ]);
    expect(found.map(({ rule, first }) => [rule, first.subject])).toEqual([
      ['traffic.new-workload', { workload: 'newcomer' }],
    ]);
  });

  it('is one as well where only some workloads are watched, of whom nothing else is known', () => {
    const found = alerts(
      [
        { from: 'newcomer', to: 'db', calls: during(ONSET, ONSET + HOUR, 6, 0) },
        { from: 'db', to: 'archive', calls: during(ONSET, ONSET + HOUR, 6, 0) },
      ],
      { watched: ['db'] },
    );
    expect(found.map(({ rule, first }) => [rule, first.subject])).toEqual([
      ['traffic.unexpected-caller', { workload: 'archive', caller: 'db' }],
      ['traffic.unexpected-caller', { workload: 'db', caller: 'newcomer' }],
    ]);
  });

  it('is none before a day was learned, or for one call', () => {
    const early = MONDAY + 6 * HOUR;
    expect(alerts([{ from: 'web', to: 'db', calls: during(early, early + HOUR, 6, 0) }])).toEqual(
      [],
    );
    expect(
      alerts([{ from: 'web', to: 'db', calls: during(ONSET, ONSET + INTERVAL, 2, 0) }]),
    ).toEqual([]);
  });
});

describe('a host outside', () => {
  const calls = during(ONSET, ONSET + HOUR, 2, 0);
  const stream = { from: 'cart', to: 'x', calls, given: toHost('collect.evil.example') };

  it('is told with its caller and its name', () => {
    const found = alerts([stream]);
    expect(found.map(({ rule, first }) => [rule, first.subject])).toEqual([
      ['traffic.new-host', { workload: 'cart', detail: 'collect.evil.example' }],
    ]);
    expect(found[0]?.first.kfl).toContain('dst.ip == "203.0.113.9"');
  });

  it('may be trusted', () => {
    expect(alerts([stream], { trustedHosts: ['*.evil.example'] })).toEqual([]);
  });

  it('is none of a domain that is known, nor for who meets hosts every day', () => {
    const bucket = { from: 'cart', to: 'y', calls: () => 1, given: toHost('a.evil.example') };
    expect(alerts([stream, bucket])).toEqual([]);
    const crawler = (day: number): Stream => ({
      from: 'web',
      to: 'z',
      calls: during(MONDAY + day * DAY + 5 * HOUR, MONDAY + day * DAY + 6 * HOUR, 3, 0),
      given: toHost(`site-${day}.example`),
    });
    const run = { days: 7.5 };
    const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
      ...crawler(day),
      given: toHost(`www.s${day}`),
    }));
    const judged = watch(new Watch(strangers), [...usual, ...days], run);
    expect(firedOf(judged, strangers.rules).length).toBe(3);
  });
});

it('what is remembered is all that matters', () => {
  const begin = MONDAY + 25 * HOUR;
  const streams = [...usual, { from: 'web', to: 'db', calls: during(begin, begin + HOUR, 3, 0) }];
  const [kept, whole] = [new Watch(strangers, {}, true), new Watch(strangers)];
  const run = { days: 1.2 };
  const judged = watch(whole, streams, run);
  expect(watch(kept, streams, run)).toEqual(judged);
  expect(judged.some(({ signals }) => signals.length > 0)).toBe(true);
  for (const broken of [null, 7, { callers: [[1]], fresh: 'x', travels: [[1, 2]] }]) {
    expect(() => strangers.create(broken as never).remembers()).not.toThrow();
  }
});
