import { describe, expect, it } from 'vitest';
import { ERROR_DETECTORS } from '../../../../src/monitor/detect/errors/index.ts';
import type { DetectorKind } from '../../../../src/monitor/detector.ts';
import { slotAt } from '../../../../src/monitor/slot.ts';
import { json } from '../../../support/calls.ts';
import { random } from '../../../support/random.ts';
import {
  DAY,
  during,
  firedOf,
  HOUR,
  INTERVAL,
  MINUTE,
  MONDAY,
  viewOf,
  Watch,
  watch,
} from '../situation.ts';
import { callsOf, daily, type Stream } from '../traffic.ts';

const [burnRate, operationErrors] = ERROR_DETECTORS as [DetectorKind, DetectorKind];
/** Ten on a Tuesday, after one day and ten hours of learning. */
const ONSET = MONDAY + DAY + 10 * HOUR;
const RUN = { days: 1.6 };

function orders(failing: (ts: number) => number, rate = 20): Stream[] {
  return [
    { from: 'web', to: 'orders', path: '/orders', calls: (ts) => rate * daily(ts), failing },
    { from: 'web', to: 'orders', path: '/carts', calls: (ts) => rate * daily(ts), failing },
  ];
}

const alerts = (kind: DetectorKind, streams: readonly Stream[], seed = 1, settings = {}) =>
  firedOf(watch(new Watch(kind, settings), streams, { ...RUN, seed }), kind.rules);

describe('an outage of an hour', () => {
  const streams = orders(during(ONSET, ONSET + HOUR, 1, 0.001));

  it.each([burnRate, operationErrors])('fires once within two intervals, and ends: %o', (kind) => {
    const [alert, ...others] = alerts(kind, streams);
    expect(others).toEqual([]);
    expect(alert?.at).toBe(ONSET + 5 * MINUTE);
    expect(alert?.ended).toBeLessThanOrEqual(ONSET + HOUR + 30 * MINUTE);
    expect(alert?.first).toMatchObject({
      severity: 'critical',
      subject: { workload: 'orders' },
      unit: 'ratio',
    });
    expect(alert?.first.evidence.every(({ status }) => status === '503')).toBe(true);
    expect(alert?.first.evidence.length).toBeGreaterThan(0);
    expect(alert?.first.kfl).toContain('dst.service.name == "orders"');
    expect(alert?.first.chance).toBeLessThan(1e-9);
  });

  it('is told in one signal that names the operations', () => {
    const [alert] = alerts(operationErrors, streams);
    expect(alert?.rule).toBe('errors.share');
    expect(alert?.first.summary).toMatch(
      /\/(orders|carts) failed .* so do orders GET \/(orders|carts)$/,
    );
  });
});

it('what never failed is told as that, and not as so many times a share that nothing showed', () => {
  const failing = during(ONSET, ONSET + HOUR, 0.3, 0);
  const streams = [{ from: 'web', to: 'orders', calls: () => 20, failing }];
  const [alert] = alerts(operationErrors, streams);
  expect(alert?.first.summary).toMatch(
    / failed \(\d+ of \d+\), where none of the [\d,]+ learned ones did$/,
  );
});

it.each([1, 2])('what is over ends, and is not told again for its hour: seed %i', (seed) => {
  const onset = ONSET + 21 * MINUTE;
  const failing = during(onset, onset + 30 * MINUTE, 0.12, 0.004);
  const streams = [{ from: 'web', to: 'shop', calls: () => 50, failing }];
  const [alert, ...others] = alerts(operationErrors, streams, seed);
  expect(others).toEqual([]);
  expect(alert?.ended).toBeLessThanOrEqual(onset + HOUR);
});

it.each([1, 2, 3])(
  'errors of 3 in 100 of some 25 calls a slot are seen within the hour, once: seed %i',
  (seed) => {
    const rise = during(ONSET, ONSET + 3 * HOUR, 0.03, 0.0005);
    const streams = [{ ...(orders(rise)[0] as Stream) }];
    const found = alerts(operationErrors, streams, seed);
    expect(found.map(({ rule }) => rule)).toEqual(['errors.share']);
    expect((found[0]?.at ?? 0) - ONSET).toBeLessThanOrEqual(60 * MINUTE);
  },
);

it('what always failed alerts never, whatever the objective says', () => {
  const streams = orders(() => 0.02);
  const settings = { slos: [{ workload: 'ord*', objective: 0.999 }] };
  for (const kind of ERROR_DETECTORS) {
    const late = alerts(kind, streams, 5, settings).filter(({ at }) => at > MONDAY + 6 * HOUR);
    expect(late).toEqual([]);
  }
});

it('one caller that suffers alone is named', () => {
  const calls = (rate: number) => (ts: number) => rate * daily(ts);
  const streams = [
    { from: 'web', to: 'orders', calls: calls(60) },
    { from: 'app', to: 'orders', calls: calls(8), failing: during(ONSET, ONSET + HOUR, 0.9, 0) },
  ];
  const [share] = alerts(operationErrors, streams);
  expect(share?.first.subject).toMatchObject({ workload: 'orders', caller: 'app' });
  const [burn] = alerts(burnRate, streams);
  expect(burn?.first.subject).toMatchObject({ workload: 'orders', caller: 'app' });
});

it('many rejections are a warning of their own', () => {
  const [stream] = orders(() => 0) as [Stream];
  const streams = [{ ...stream, rejected: during(ONSET, ONSET + HOUR, 0.6, 0.01) }];
  const found = alerts(operationErrors, streams);
  expect(found.map(({ rule }) => rule)).toEqual(['errors.rejections']);
  expect((found[0]?.at ?? 0) - ONSET).toBeLessThanOrEqual(20 * MINUTE);
});

describe('an operation that came with a rollout', () => {
  const fresh = (
    share: Pick<Stream, 'failing' | 'rejected' | 'given'>,
    more: Partial<Stream> = {},
  ): Stream[] => [
    ...orders(() => 0.002).map((stream) => ({ ...stream, rejected: () => 0.004 })),
    {
      from: 'web',
      to: 'orders',
      path: '/export',
      calls: (ts) => (ts < ONSET ? 0 : 8),
      ...share,
      ...more,
    },
  ];
  const told = (streams: readonly Stream[], rolledOut: string | undefined, at = ONSET) => {
    const more = ({ start }: { start: number }) => ({
      revisions: new Map(
        ['orders', 'web'].map((name) => [
          name,
          new Set([name === rolledOut && start >= at ? 'r1' : 'r0']),
        ]),
      ),
    });
    const judged = watch(new Watch(operationErrors), streams, { days: 2.2, more });
    return firedOf(judged, operationErrors.rules);
  };
  const share = (of: number) => () => of;

  it.each([
    ['fails', 'orders', 'errors.share', 'critical', { failing: share(0.4) }],
    ['fails', 'web', 'errors.share', 'critical', { failing: share(0.4) }],
    ['is rejected', 'orders', 'errors.rejections', 'warning', { rejected: share(0.4) }],
  ] as const)('and %s from the start is told: %s', (_, workload, rule, severity, bad) => {
    const [alert, ...others] = told(fresh(bad), workload);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ rule, first: { severity } });
    expect((alert?.at ?? 0) - ONSET).toBeLessThanOrEqual(40 * MINUTE);
    expect(alert?.first.summary).toMatch(
      new RegExp(
        `, new since the rollout of ${workload} at 2026-11-03T10:00:00.000Z; of the calls of the other operations of orders 0\\.\\d+ % did$`,
      ),
    );
    expect(alert?.ended).toBeLessThanOrEqual(ONSET + 9 * HOUR);
  });

  it('and does neither more than others, or as logins are rejected, is not', () => {
    let i = 0;
    const logins = { given: () => ({ status: i++ % 5 < 2 ? '401' : '200' }) };
    for (const usual of [{ failing: share(0.01), rejected: share(0.05) }, logins])
      expect(told(fresh(usual), 'orders')).toEqual([]);
  });

  it('and asks with a credential that is none is told: all of it is rejected', () => {
    const [alert] = told(fresh({ given: () => ({ status: '401' }) }), 'orders');
    expect(alert?.rule).toBe('errors.rejections');
  });

  it('is none where it came without one, or long after', () => {
    expect(told(fresh({ rejected: share(0.4) }), undefined)).toEqual([]);
    expect(told(fresh({ rejected: share(0.4) }), 'orders', ONSET - 3 * HOUR)).toEqual([]);
  });
});

describe('errors that bodies tell of, with status 200', () => {
  const told = (share: (ts: number) => number, ...bodies: readonly [object, object]) => {
    const [stream] = orders(() => 0) as [Stream];
    const given = (ts: number) => {
      const tells = random('told', ts)() < share(ts);
      return { responseBody: json(bodies[tells ? 1 : 0]) };
    };
    return alerts(operationErrors, [{ ...stream, path: '/graphql', given }]);
  };
  const rise = (usual: number, then: number) => during(ONSET, ONSET + HOUR, then, usual);

  it('are told where they become more, once, with the calls', () => {
    const [fine, failed] = [{ data: {} }, { data: null, errors: [{ message: 'boom' }] }];
    const [alert, ...others] = told(rise(0.01, 0.3), fine, failed);
    expect(others).toEqual([]);
    expect(alert?.rule).toBe('errors.in-bodies');
    expect((alert?.at ?? 0) - ONSET).toBeLessThanOrEqual(20 * MINUTE);
    expect(alert?.ended).toBeLessThanOrEqual(ONSET + HOUR + 30 * MINUTE);
    expect(alert?.first.evidence.length).toBeGreaterThan(0);
    expect(alert?.first.summary).toContain('tell of an error in their answers');
    expect(alert?.first.kfl).not.toContain('status_code');
  });

  it('are none where that is usual, as wrong passwords are', () => {
    const wandering = (ts: number) => 0.15 + 0.1 * random('hour', Math.floor(ts / HOUR))();
    expect(told(wandering, { success: true }, { success: false })).toEqual([]);
  });

  it('are none where the hours that were learned did not ask bodies', () => {
    const watcher = new Watch(operationErrors);
    const given = (ts: number) => ({ responseBody: json({ ok: ts % 3 > 0 }) });
    const streams = [{ ...(orders(() => 0)[0] as Stream), given }];
    for (let start = MONDAY; start < MONDAY + 1.5 * DAY; start += INTERVAL) {
      const slot = slotAt(start, INTERVAL);
      const view = viewOf(slot, callsOf(streams, start, INTERVAL, 1));
      if (start < MONDAY + DAY)
        for (const measure of view.operations.values()) measure.told = undefined;
      expect(watcher.slot(view)).toEqual([]);
    }
  });
});

it('a limit counts only where a person set one, and without any learning', () => {
  const streams = orders(() => 0.1, 40);
  const run = { days: 0.2, seed: 3 };
  const limited = new Watch(operationErrors, { limits: { errorShare: 0.03 } });
  const free = new Watch(operationErrors);
  expect(
    firedOf(watch(limited, streams, run), operationErrors.rules).map(({ rule }) => rule),
  ).toEqual(['errors.limit']);
  expect(firedOf(watch(free, streams, run), operationErrors.rules)).toEqual([]);
});

it('a hiccup of a minute is no alert', () => {
  const hiccups = (ts: number) => (ts % (3 * HOUR) < MINUTE ? 0.6 : 0.0005);
  expect(alerts(operationErrors, orders(hiccups))).toEqual([]);
});

it('days of drifting shares, bursts and quiet nights give no alert', () => {
  const streams = [0, 0.001, 0.005, 0.02].map(
    (base, i): Stream => ({
      from: 'web',
      to: `s${i}`,
      calls: (ts) => ([10, 20, 40, 20][i] as number) * daily(ts),
      variation: 0.1,
      failing: (ts) => {
        const next = random('drift', i, Math.floor(ts / HOUR));
        const drift = Math.exp(0.4 * (next() * 3.4 - 1.7));
        return next() < 0.02 && ts % HOUR < MINUTE ? 0.5 : base * drift;
      },
    }),
  );
  for (const kind of ERROR_DETECTORS) {
    const judged = watch(new Watch(kind), streams, { days: 4 });
    const late = firedOf(judged, kind.rules).filter(({ at }) => at > MONDAY + 12 * HOUR);
    expect(late).toEqual([]);
  }
});

it.each([burnRate, operationErrors])('what is remembered is all that matters: %o', (kind) => {
  const streams = orders(during(MONDAY + 8 * HOUR, MONDAY + 9 * HOUR, 0.4, 0.002));
  const [kept, whole] = [new Watch(kind, {}, true), new Watch(kind)];
  const run = { days: 0.5 };
  expect(watch(kept, streams, run)).toEqual(watch(whole, streams, run));
  expect(kept.remembers()).toEqual(whole.remembers());
  for (const broken of [null, 7, 'x', [[1]], { tallies: [[3]], cells: 'x', ongoing: [[]] }]) {
    expect(() => kind.create(broken as never).remembers()).not.toThrow();
  }
});
