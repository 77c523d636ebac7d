import { describe, expect, test } from 'vitest';
import { beacon } from '../../../../src/monitor/detect/security/beacon.ts';
import { hash32 } from '../../../../src/support/hash.ts';
import { callOf, type Said } from '../records.ts';
import { BEGIN, MINUTE, Watch } from '../watch.ts';

const noise = (n: number) => hash32(`noise ${n}`) / 2 ** 32;
const usual = (start: number) => [
  callOf({ ts: start + 1_000 }),
  callOf({
    ts: start + 2_000,
    from: 'orders',
    to: null,
    toIp: '198.51.100.1',
    host: 'api.known.example',
  }),
];

/** Calls of a slot out of a series that goes on for ever. */
const beats =
  (period: number, jitter: number, said: Partial<Said> = {}) =>
  (start: number) => {
    const calls = [...usual(start)];
    for (let n = Math.floor((start - BEGIN) / period); ; n++) {
      const ts = Math.floor(BEGIN + n * period + jitter * period * (noise(n) - 0.5));
      if (ts >= start + 5 * MINUTE) return calls;
      if (ts < start) continue;
      calls.push(
        callOf({
          ts,
          from: 'orders',
          to: null,
          toIp: '203.0.113.66',
          port: 443,
          host: 'c2.example',
          size: 300 + (n % 7),
          ...said,
        }),
      );
    }
  };

function learned(settings = {}): Watch {
  const watch = new Watch([beacon], { settings });
  expect(watch.learnDay(usual).flat()).toEqual([]);
  return watch;
}

describe('fires', () => {
  test.each([
    ['a minute', MINUTE, 0, 60],
    ['a minute, with jitter', MINUTE, 0.3, 60],
    ['five minutes', 5 * MINUTE, 0, 65],
    ['five minutes, with jitter', 5 * MINUTE, 0.2, 120],
    ['ten minutes', 10 * MINUTE, 0.1, 130],
    ['twenty seconds', 20_000, 0.1, 60],
  ])('on a beat of %s', (_, period, jitter, within) => {
    const watch = learned();
    const told = watch.slots(36, beats(period, jitter));
    const first = told.findIndex((signals) => signals.length > 0);
    expect(first).toBeGreaterThan(0);
    expect((first + 1) * 5).toBeLessThanOrEqual(within);
    expect(told[first]?.[0]).toMatchObject({
      rule: 'security.beacon',
      subject: { workload: 'orders', detail: 'c2.example' },
    });
    const quiet = told.slice(first).map((signals) => signals.length === 0);
    expect(quiet.join(' ')).not.toContain('true true true true true true');
  });

  test('also where the process is started anew in each interval', () => {
    const watch = learned();
    const told = watch.slots(14, (start) => {
      watch.restart();
      return beats(MINUTE, 0.1)(start);
    });
    expect(told.at(-1)).toHaveLength(1);
  });
});

describe('silent', () => {
  test.each<[string, (start: number) => ReturnType<typeof usual>]>([
    ['inside of the cluster', beats(MINUTE, 0, { to: 'stock', toIp: '10.0.0.4', host: 'stock' })],
    ['from outside', beats(MINUTE, 0, { from: null })],
    [
      'at a host that was known',
      beats(MINUTE, 0, { toIp: '198.51.100.1', host: 'api.known.example' }),
    ],
    ['without a beat', beats(MINUTE, 4)],
    ['with large answers', beats(MINUTE, 0, { size: 60_000 })],
  ])('%s', (_, calls) => {
    expect(learned().slots(30, calls).flat()).toEqual([]);
  });

  test('about calls that come as customers do', () => {
    const watch = learned();
    const told = watch.slots(60, (start) => {
      const n = (start - BEGIN) / MINUTE;
      const calls = [...usual(start)];
      for (let at = 0, i = 0; at < 5 * MINUTE; i++) {
        at += -Math.log(noise(n * 100 + i) + 1e-9) * MINUTE;
        if (at < 5 * MINUTE)
          calls.push(
            ...beats(1e12, 0)(start),
            callOf({
              ts: Math.floor(start + at),
              from: 'orders',
              to: null,
              toIp: '203.0.113.66',
              host: 'shop.example',
            }),
          );
      }
      return calls;
    });
    expect(told.flat()).toEqual([]);
  });

  test('about a burst of retries', () => {
    const told = learned().slots(8, (start) => beats(5_000, 0)(start));
    expect(told.flat()).toEqual([]);
  });

  test('about trusted hosts, and after a day', () => {
    expect(
      learned({ trustedHosts: ['c2.*'] })
        .slots(30, beats(MINUTE, 0))
        .flat(),
    ).toEqual([]);
    const watch = learned();
    const told = watch.slots(330, beats(MINUTE, 0)).map((signals) => signals.length);
    expect(told.slice(20, 280).every((count) => count === 1)).toBe(true);
    expect(told.slice(295).every((count) => count === 0)).toBe(true);
  });
});

test('memory is bounded', () => {
  const watch = learned();
  watch.slots(3, (start) =>
    Array.from({ length: 4_000 }, (_, i) =>
      callOf({
        ts: start + i,
        from: 'orders',
        to: null,
        toIp: '203.0.113.66',
        host: `h${start}-${i}.example`,
      }),
    ),
  );
  expect(watch.memory().length).toBeLessThan(1_500_000);
  watch.restart();
  expect(watch.slot(usual)).toEqual([]);
});
