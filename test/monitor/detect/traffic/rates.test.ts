import { describe, expect, it } from 'vitest';
import { rates } from '../../../../src/monitor/detect/traffic/rates.ts';
import {
  DAY,
  during,
  type Fired,
  firedOf,
  HOUR,
  INTERVAL,
  MINUTE,
  MONDAY,
  type Run,
  Watch,
  watch,
} from '../situation.ts';
import { daily, type Stream } from '../traffic.ts';

/** Ten on a Wednesday. */
const ONSET = MONDAY + 2 * DAY + 10 * HOUR;
const RUN = { days: 2.6 };

const always = () => 1;
const off = during(ONSET, ONSET + HOUR, 0, 1);

interface Events {
  readonly gateway?: (ts: number) => number;
  readonly orders?: (ts: number) => number;
  readonly cart?: (ts: number) => number;
  readonly queries?: (ts: number) => number;
}

/** outside → gateway → web → orders and cart; orders → db and cart. */
function shop({
  gateway = always,
  orders = always,
  cart = always,
  queries = always,
}: Events): Stream[] {
  const stream = (
    from: string,
    to: string,
    rate: number,
    event: (ts: number) => number,
  ): Stream => ({
    from,
    to,
    variation: 0.02,
    calls: (ts) => rate * daily(ts) * gateway(ts) * event(ts),
  });
  return [
    stream('outside', 'gateway', 60, always),
    stream('gateway', 'web', 60, always),
    stream('web', 'orders', 40, orders),
    stream('web', 'cart', 40, cart),
    stream('orders', 'cart', 20, orders),
    stream('orders', 'db', 40, (ts) => orders(ts) * queries(ts)),
  ];
}

const alerts = (streams: readonly Stream[], run: Partial<Run> = {}) =>
  firedOf(watch(new Watch(rates), streams, { ...RUN, ...run }), rates.rules);

describe('silence', () => {
  it('of a busy workload fires within two intervals', () => {
    const busy = shop({ orders: off }).map((stream) => ({
      ...stream,
      calls: (ts: number) => 2.5 * stream.calls(ts),
    }));
    expect(alerts(busy)[0]?.at).toBe(ONSET + 5 * MINUTE);
  });

  it('of a workload fires once within 20 minutes, not of what it alone calls', () => {
    const found = alerts(shop({ orders: off }));
    expect(found.map(({ rule, first }) => [rule, first.subject])).toEqual([
      ['traffic.silence', { workload: 'orders' }],
    ]);
    expect((found[0]?.at ?? 0) - ONSET).toBeLessThanOrEqual(15 * MINUTE);
    expect(found[0]?.ended).toBeLessThanOrEqual(ONSET + HOUR + 15 * MINUTE);
    expect(found[0]?.first).toMatchObject({ value: 0, unit: 'calls' });
    expect(found[0]?.first.expected).toBeGreaterThan(40);
  });

  it('lasts until calls come again, over the turn of hours', () => {
    const [from, until] = [ONSET - 20 * MINUTE, ONSET + 2.25 * HOUR];
    const found = alerts([
      { from: 'web', to: 'orders', calls: during(from, until, 0, 40) },
      { from: 'web', to: 'cart', calls: () => 40 },
    ]);
    expect(found.map(({ rule, ended = 0 }) => [rule, ended])).toEqual([
      ['traffic.silence', until + 5 * MINUTE],
    ]);
    expect((found[0]?.at ?? 0) - from).toBeLessThanOrEqual(15 * MINUTE);
  });

  it('of eight calls a slot lasts as well, over the turn of hours', () => {
    const [from, until] = [ONSET + 10 * MINUTE, ONSET + 100 * MINUTE];
    const found = alerts(
      [
        { from: 'outside', to: 'web', calls: during(from, until, 0, 8), variation: 0.02 },
        { from: 'web', to: 'db', calls: during(from, until, 0, 60), variation: 0.02 },
        { from: 'cron', to: 'reports', calls: () => 20, variation: 0.02 },
      ],
      { seed: 2 },
    );
    expect(found.map(({ first, ended = 0 }) => [first.subject.workload, ended])).toEqual([
      ['web', until + 5 * MINUTE],
    ]);
    expect((found[0]?.at ?? 0) - from).toBeLessThanOrEqual(45 * MINUTE);
  });

  it('from the entry on is told of the entry alone', () => {
    const streams = shop({ gateway: off });
    const other: Stream = { from: 'cron', to: 'reports', calls: () => 20, variation: 0 };
    const found = alerts([...streams, other]);
    expect(found.map(({ rule, first }) => [rule, first.subject.workload])).toEqual([
      ['traffic.silence', 'gateway'],
    ]);
  });

  it('of one of several behind a gateway is told, though the gateway handles far less for it', () => {
    const branch = (to: string, rate: (ts: number) => number): Stream[] => [
      { from: 'outside', to: 'gateway', path: `/${to}`, calls: rate, variation: 0.02 },
      { from: 'gateway', to, calls: rate, variation: 0.02 },
    ];
    const streams = [
      ...branch('mobile', during(ONSET, ONSET + 1.5 * HOUR, 0, 24)),
      ...branch('web', () => 18),
    ];
    const found = alerts(streams).filter(({ first }) => first.subject.workload === 'mobile');
    expect(found.map(({ rule, ended = 0 }) => [rule, ended])).toEqual([
      ['traffic.silence', ONSET + 1.5 * HOUR + 5 * MINUTE],
    ]);
    expect((found[0]?.at ?? 0) - ONSET).toBeLessThanOrEqual(25 * MINUTE);
  });

  it('of all that one caller calls no more is one, of the caller', () => {
    const [job, someone] = ['job', 'outside'].map((from) =>
      firedOf(
        watch(
          new Watch(rates),
          [
            { from, to: 'stock', calls: (ts) => 40 * off(ts) },
            { from, to: 'mail', calls: (ts) => 30 * off(ts) },
            { from: 'cron', to: 'mail', path: '/all', calls: () => 30 },
          ],
          RUN,
        ),
        rates.rules,
      ),
    ) as [Fired[], Fired[]];
    expect(job.map(({ rule, first }) => [rule, first.subject])).toEqual([
      ['traffic.silence', { workload: 'job' }],
    ]);
    expect(job[0]?.first.summary).toMatch(
      /^job hardly calls anybody any more: stock is silent, as is mail/,
    );
    expect(someone.map(({ first }) => first.subject)).toEqual([{ workload: 'mail' }]);
  });

  it('is told again at the same hour of the next day, since no outage is usual', () => {
    const twice = (ts: number) => off(ts) * off(ts - DAY);
    const streams = [
      { from: 'web', to: 'orders', calls: (ts: number) => 20 * twice(ts) },
      { from: 'web', to: 'cart', calls: () => 20 },
    ];
    const found = alerts(streams, { days: 3.6 }).map(({ rule, at, ended = 0 }) => [
      rule,
      Math.floor((at - ONSET) / DAY),
      ended <= at + HOUR + 10 * MINUTE,
    ]);
    expect(found).toEqual([
      ['traffic.silence', 0, true],
      ['traffic.silence', 1, true],
    ]);
  });

  it('for good is told for a day, and not as a change of volume after that', () => {
    const streams = [
      { from: 'web', to: 'orders', calls: during(ONSET, ONSET + 9 * DAY, 0, 40) },
      { from: 'kubelet', to: 'orders', path: '/healthz', calls: () => 12 },
      { from: 'web', to: 'cart', calls: () => 20 },
    ];
    const found = alerts(streams, { days: 5 });
    expect(found.map(({ rule, ended = 0 }) => [rule, ended - ONSET])).toEqual([
      ['traffic.silence', DAY + 5 * MINUTE],
    ]);
  });

  it('of a workload is not hidden by its health checks', () => {
    const probe = (path: string): Stream => ({
      from: 'kubelet',
      to: 'cart',
      path,
      calls: () => 12,
    });
    const pages = ['/a', '/b', '/c', '/d'].map((path) => ({
      ...{ from: 'web', to: 'cart', path },
      calls: (ts: number) => 4 * off(ts),
    }));
    const others = shop({}).filter(({ to }) => to !== 'cart');
    const found = alerts([...others, ...pages, probe('/healthz'), probe('/metrics')]);
    expect(found.map(({ rule, first }) => [rule, first.subject.workload])).toEqual([
      ['traffic.silence', 'cart'],
    ]);
  });

  it('of hardly anybody on a holiday is none, and an outage is still told then', () => {
    const holiday = MONDAY + 8 * DAY;
    const into = (ts: number) => Math.min(1, Math.max(0, (ts - holiday) / (6 * HOUR)));
    const level = (ts: number) => 0.08 ** into(ts);
    const noon = holiday + 14 * HOUR;
    const run = (orders: (ts: number) => number) =>
      alerts(
        shop({ gateway: level, orders }).map((stream) => ({
          ...stream,
          calls: (ts: number) => 3 * stream.calls(ts),
        })),
        { days: 8.75 },
      )
        .filter(({ rule }) => rule === 'traffic.silence')
        .map(({ rule, first }) => [rule, first.subject.workload]);
    expect(run(always)).toEqual([]);
    expect(run(during(noon, noon + 3 * HOUR, 0, 1))).toEqual([['traffic.silence', 'orders']]);
  });

  describe('of an operation', () => {
    const gone = (from: number): Stream[] => [
      { from: 'outside', to: 'web', path: '/login', calls: (ts) => (ts < from ? 40 : 0) },
      { from: 'outside', to: 'web', path: '/shop', calls: () => 60 },
    ];
    const rolledOut =
      (...at: readonly number[]) =>
      ({ start }: { start: number }) => {
        const revision = at.filter((moment) => start >= moment).length;
        return { revisions: new Map([['web', new Set([`r${revision}`])]]) };
      };
    const tell = ({ first }: Fired) => [first.severity ?? 'critical', first.subject];
    const login = { workload: 'web', operation: 'web GET /login' };

    it('since a rollout of a workload that goes on is a warning, and forgotten after six hours', () => {
      const more = rolledOut(ONSET, ONSET + 2 * HOUR);
      const found = alerts(gone(ONSET + 10 * MINUTE), { more, days: 4 });
      expect(found.length).toBeGreaterThan(0);
      for (const alert of found) {
        expect(tell(alert)).toEqual(['warning', login]);
        expect(alert.first.summary).toContain(
          'no more calls since the rollout at 2026-11-04T10:00:00.000Z where',
        );
        expect((alert.ended ?? Number.POSITIVE_INFINITY) - ONSET).toBeLessThan(6.5 * HOUR);
      }
    });

    it.each([
      ['that began before the rollout', gone(ONSET - HOUR)],
      ['an hour after it', gone(ONSET + HOUR)],
      [
        'of which some calls are left',
        [
          ...gone(ONSET),
          { from: 'outside', to: 'web', path: '/login', calls: () => 2 } satisfies Stream,
        ],
      ],
    ])('is critical %s', (_, streams) => {
      const [found] = alerts(streams, { more: rolledOut(ONSET) });
      expect(found && tell(found)).toEqual(['critical', login]);
    });

    it('that a rollout took with all others is that of the workload, and critical', () => {
      const streams = shop({ orders: off });
      const [found] = alerts(streams, {
        more: ({ start }) => ({
          revisions: new Map([['orders', new Set([start < ONSET ? 'r0' : 'r1'])]]),
        }),
      });
      expect(found && tell(found)).toEqual(['critical', { workload: 'orders' }]);
    });

    it('is told for a day at most', () => {
      const found = alerts(gone(ONSET), { days: 5.5 });
      expect(found.map(tell)[0]).toEqual(['critical', login]);
      expect(Math.max(...found.map(({ ended = Number.POSITIVE_INFINITY }) => ended))).toBeLessThan(
        ONSET + DAY + HOUR,
      );
    });

    it('of working days is told on a Monday, and for a day', () => {
      const monday = MONDAY + 14 * DAY + 10 * HOUR;
      const office: Stream = {
        from: 'outside',
        to: 'web',
        path: '/office',
        calls: (ts) => {
          const [hour, day] = [(ts % DAY) / HOUR, Math.floor((ts - MONDAY) / DAY) % 7];
          return day < 5 && hour >= 8 && hour < 18 && ts < monday - 2 * HOUR ? 40 : 0;
        },
      };
      const web: Stream = { from: 'outside', to: 'web', path: '/shop', calls: () => 60 };
      const found = alerts([web, office], { days: 16 });
      expect(found.length).toBeGreaterThan(0);
      for (const { first, at } of found) {
        expect(first.subject.operation).toBe('web GET /office');
        expect(at).toBeGreaterThan(monday - 2 * HOUR);
        expect(at).toBeLessThan(monday + DAY);
      }
    });
  });

  it('proves nothing while the capture has problems, or where nothing at all came', () => {
    const problems = [{ code: 'hole', message: 'a hole' } as const];
    const more = ({ start }: { start: number }) =>
      start >= ONSET && start < ONSET + HOUR ? { problems } : {};
    expect(alerts(shop({ orders: off }), { more })).toEqual([]);
    expect(alerts(shop({ gateway: off }))).toEqual([]);
  });

  it('of the first weekend, of working hours and of a weekly pattern is none', () => {
    const office: Stream = {
      from: 'web',
      to: 'office',
      calls: (ts) => {
        const hour = (ts % DAY) / HOUR;
        const weekday = ![2, 3].includes(Math.floor(ts / DAY) % 7);
        return weekday && hour >= 8 && hour < 18 ? 40 : 0;
      },
    };
    const web: Stream = { from: 'outside', to: 'web', calls: (ts) => 40 * daily(ts) };
    expect(alerts([web, office], { days: 9.5 })).toEqual([]);
  });
});

describe('what is published', () => {
  const broker = (method: string) => ({ protocol: 'kafka', method, path: 'orders', status: '0' });
  /** A worker takes what is published, and sends mails for it; `polls`: it asks as often, whatever there is. */
  const topic = (publish: (ts: number) => number, consume = publish, polls = false): Stream[] => [
    { from: 'outside', to: 'web', calls: () => 40 },
    { from: 'web', to: 'orders', calls: () => 30 },
    {
      from: 'orders',
      to: 'kafka',
      calls: (ts) => 30 * publish(ts),
      given: () => broker('PRODUCE'),
    },
    {
      ...{ from: 'worker', to: 'kafka', given: () => broker('FETCH') },
      calls: (ts) => (polls ? 60 : 25 * consume(ts)),
    },
    { from: 'worker', to: 'mailer', calls: (ts) => 25 * consume(ts) },
  ];
  const about = (found: readonly Fired[]) =>
    found.map(({ rule, first }) => [rule, first.subject.workload]);

  it.each([
    ['that fetches what is there', false],
    ['that always asks', true],
  ])('no more is one silence, and none of a consumer %s', (_name, polls) => {
    expect(about(alerts(topic(off, off, polls)))).toEqual([['traffic.silence', 'kafka']]);
  });

  it('and not taken any more is a silence of the consumer', () => {
    expect(about(alerts(topic(always, off)))).toEqual([['traffic.silence', 'worker']]);
  });

  it('and taken while nothing is done with it is a silence of what the consumer called', () => {
    const streams = topic(always).map((stream) =>
      stream.to === 'mailer' ? { ...stream, calls: (ts: number) => 25 * off(ts) } : stream,
    );
    expect(about(alerts(streams))).toEqual([['traffic.silence', 'mailer']]);
  });

  it('six times as often is one alert, about the entry, and none of what the consumer calls', () => {
    const more = during(ONSET, ONSET + HOUR, 6, 1);
    const streams = topic(more).map((stream) =>
      stream.from === 'outside' || stream.from === 'web'
        ? { ...stream, calls: (ts: number) => stream.calls(ts) * more(ts) }
        : stream,
    );
    expect(about(alerts(streams))).toEqual([['traffic.volume', 'web']]);
  });
});

it('an edge that vanished while both ends live is one alert about it', () => {
  const found = alerts(shop({ cart: off }));
  expect(found.map(({ rule, first }) => [rule, first.subject])).toEqual([
    ['traffic.vanished-edge', { workload: 'cart', caller: 'web' }],
  ]);
  expect((found[0]?.at ?? 0) - ONSET).toBeLessThanOrEqual(15 * MINUTE);
});

it('six times the traffic is one alert, about the entry', () => {
  const found = alerts(shop({ gateway: during(ONSET, ONSET + HOUR, 6, 1) }));
  expect(found.map(({ rule, first }) => [rule, first.subject.workload])).toEqual([
    ['traffic.volume', 'gateway'],
  ]);
  expect((found[0]?.at ?? 0) - ONSET).toBeLessThanOrEqual(25 * MINUTE);
});

it('began with the first slot that shows it, however many are looked at together', () => {
  const streams = shop({ gateway: during(ONSET, ONSET + HOUR, 6, 1) });
  const told = watch(new Watch(rates), streams, RUN).flatMap(({ signals }) => signals);
  const since = told.filter(({ rule }) => rule === 'traffic.volume').map((one) => one.since);
  expect(Math.min(...since)).toBe(ONSET);
});

it('also where the pods of a workload bear another name than its service', () => {
  const owned = shop({ gateway: during(ONSET, ONSET + HOUR, 6, 1) }).map((stream) => ({
    ...stream,
    from: stream.from === 'orders' ? 'orders-blue' : stream.from,
  }));
  const servesAs = new Map([['orders-blue', 'orders']]);
  const found = alerts(owned, { more: () => ({ servesAs }) });
  expect(found.map(({ first }) => first.subject.workload)).toEqual(['gateway']);
});

it('one query that became three is a fan-out of the caller', () => {
  const found = alerts(shop({ queries: during(ONSET, ONSET + HOUR, 3, 1) }));
  expect(found.map(({ rule, first }) => [rule, first.subject])).toEqual([
    ['traffic.fan-out', { workload: 'orders', detail: 'db GET /db' }],
  ]);
  expect((found[0]?.at ?? 0) - ONSET).toBeLessThanOrEqual(30 * MINUTE);
  expect(found[0]?.first.value).toBeGreaterThan(1.5 * (found[0]?.first.expected ?? 0));
});

it('a fan-out is measured by the same hours of both, whatever outage was in them', () => {
  const calls = (ts: number) => 60 * off(ts);
  const more = during(ONSET + DAY, ONSET + DAY + HOUR, 6, 1);
  const streams = [
    { from: 'web', to: 'orders', calls },
    { from: 'orders', to: 'db', calls: (ts: number) => calls(ts) * more(ts) },
    { from: 'web', to: 'cart', calls: () => 30 },
  ];
  const found = alerts(streams, { days: 3.45 }).filter(({ rule }) => rule === 'traffic.fan-out');
  expect(found.map(({ first }) => first.subject.workload)).toEqual(['orders']);
  expect(found[0]?.first.expected).toBeGreaterThan(0.9);
});

it('batch jobs, bursts and growth give no alert', () => {
  const nightly = (rate: number) => (ts: number) => {
    const hour = (ts % DAY) / HOUR;
    return hour >= 2.95 + 0.05 * (Math.floor(ts / DAY) % 3) && hour < 3.4 ? rate : 0;
  };
  const found = alerts(
    [
      { from: 'outside', to: 'web', calls: (ts) => 40 * daily(ts), variation: 0.1 },
      { from: 'cron', to: 'reports', calls: nightly(200), variation: 0.1 },
      { from: 'reports', to: 'db', calls: nightly(400), variation: 0.1 },
      { from: 'web', to: 'bursty', calls: () => 15, variation: 1.5 },
      { from: 'tenant', to: 'web', calls: (ts) => (8 * (ts - MONDAY)) / (7 * DAY) },
    ],
    { days: 9 },
  );
  expect(found).toEqual([]);
});

it('what is remembered is all that matters', () => {
  const streams = shop({
    orders: during(MONDAY + DAY + 13 * HOUR, MONDAY + DAY + 14 * HOUR, 0, 1),
  });
  const [kept, whole] = [new Watch(rates, {}, true), new Watch(rates)];
  const run = { days: 1.65 };
  const judged = watch(whole, streams, run);
  expect(watch(kept, streams, run)).toEqual(judged);
  expect(judged.some(({ signals }) => signals.length > 0)).toBe(true);
  expect(kept.remembers()).toEqual(whole.remembers());
  for (const broken of [
    null,
    7,
    {
      cells: 1,
      shapes: [[1]],
      operations: [1],
      hour: [1],
      waiting: { hours: [1, [1, [1]]], events: [[1]] },
    },
  ]) {
    expect(() => rates.create(broken as never).remembers()).not.toThrow();
  }
});

it('slots of another length are judged alike', () => {
  const found = alerts(shop({ orders: during(ONSET, ONSET + 2 * HOUR, 0, 1) }), {
    interval: 3 * INTERVAL,
  });
  expect(found.map(({ rule }) => rule)).toEqual(['traffic.silence']);
});
