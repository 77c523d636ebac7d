import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JudgedSlot } from '../../../src/monitor/slot-listener.ts';
import type { Summary } from '../../../src/monitor/summary/summary.ts';
import { SummaryListener } from '../../../src/monitor/summary/summary-listener.ts';
import { call } from '../../support/calls.ts';
import {
  alert,
  FIVE_MINUTES,
  flow,
  flowReading,
  judgedSlot,
  MONDAY,
  normal,
} from '../../support/judged-slots.ts';

const QUARTER = 900_000;
const GET = 'orders GET /orders/{id}';
const PAY = 'payment POST /charges';

function told(slots: readonly JudgedSlot[], period = QUARTER): Summary[] {
  const summaries: Summary[] = [];
  const listener = new SummaryListener(period, (summary) => summaries.push(summary));
  for (const slot of slots) listener.slot(slot);
  listener.end();
  return summaries;
}

const calls = (count: number, operation = GET, given: Parameters<typeof call>[0] = {}) =>
  Array.from({ length: count }, () => [operation, call({ from: 'gateway', ...given })] as const);

describe('when a summary is told', () => {
  it('with the last slot of each aligned period, once', () => {
    const at: string[] = [];
    const listener = new SummaryListener(QUARTER, ({ start, end, calls }) =>
      at.push(`${start.slice(11, 16)} ${end.slice(11, 16)} ${calls}`),
    );
    const seen = [1, 2, 3, 4, 5, 6].map((nth) => {
      listener.slot(judgedSlot({ nth, calls: calls(nth) }));
      return at.length;
    });
    expect(seen).toEqual([0, 1, 1, 1, 2, 2]);
    listener.end();
    listener.end();
    expect(at).toEqual(['14:00 14:15 3', '14:15 14:30 12', '14:30 14:45 6']);
  });

  it('says how much of a period was looked at, and begins anew after a gap', () => {
    const summaries = told([judgedSlot({ nth: 0 }), judgedSlot({ nth: 7 })]);
    expect(summaries.map(({ start, observedSeconds }) => [start, observedSeconds])).toEqual([
      ['2026-11-23T14:00:00.000Z', 300],
      ['2026-11-23T14:30:00.000Z', 300],
    ]);
  });

  it('counts a slot that is told again once', () => {
    const slots = [0, 1, 0, 1, 2, 2].map((nth) => judgedSlot({ nth, calls: calls(1) }));
    expect(told(slots).map((summary) => summary.calls)).toEqual([3]);
  });

  it('keeps scopes apart', () => {
    const slots = [0, 1, 2].flatMap((nth) =>
      ['a', 'b'].map((scope) => judgedSlot({ nth, scope, calls: calls(scope === 'a' ? 2 : 5) })),
    );
    expect(told(slots).map(({ scope, calls: count }) => [scope, count])).toEqual([
      ['a', 6],
      ['b', 15],
    ]);
  });

  it('puts a slot longer than the period, or across its end, where it begins', () => {
    const slots = [0, 1, 2].map((nth) => judgedSlot({ nth, interval: 600_000, calls: calls(1) }));
    expect(told(slots).map(({ start, calls: count }) => [start.slice(11, 16), count])).toEqual([
      ['14:00', 2],
      ['14:15', 1],
    ]);
  });

  it('of everything, at the end, where the period is infinite', () => {
    const slots = Array.from({ length: 30 }, (_, nth) => judgedSlot({ nth, calls: calls(1) }));
    expect(told(slots, Number.POSITIVE_INFINITY)).toMatchObject([
      {
        start: new Date(MONDAY).toISOString(),
        end: new Date(MONDAY + 30 * FIVE_MINUTES).toISOString(),
        calls: 30,
      },
    ]);
  });

  it('adds up to all calls, whatever the interval and the period', () => {
    const minutes = fc.constantFrom(1, 2, 3, 5, 7, 10, 15, 30);
    fc.assert(
      fc.property(
        minutes,
        minutes,
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 }),
        (interval, period, counts) => {
          const slots = counts.map((count, nth) =>
            judgedSlot({ nth, interval: interval * 60_000, calls: calls(count) }),
          );
          const summaries = told(slots, period * 60_000);
          const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
          expect(sum(summaries.map((one) => one.calls))).toBe(sum(counts));
          expect(sum(summaries.map((one) => one.observedSeconds))).toBe(
            interval * 60 * counts.length,
          );
          const starts = summaries.map(({ start }) => Date.parse(start));
          expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
          for (const start of starts) expect(start % (period * 60_000)).toBe(0);
        },
      ),
    );
  });
});

describe('what a summary tells', () => {
  it('calls, the rate, the error share with its interval', () => {
    const [summary] = told([
      judgedSlot({
        nth: 0,
        calls: [
          ...calls(870),
          ...calls(20, GET, { status: '503' }),
          ...calls(10, GET, { status: '404' }),
        ],
      }),
    ]);
    expect(summary).toMatchObject({ calls: 900, callsPerSecond: 3 });
    expect(summary?.errors).toMatchObject({ failures: 20, rejections: 10, share: 20 / 900 });
    expect(summary?.errors.low).toBeCloseTo(0.0144, 3);
    expect(summary?.errors.high).toBeCloseTo(0.034, 3);
  });

  it('who talks most, by calls and by bytes', () => {
    const [summary] = told([
      judgedSlot({
        calls: [
          ...calls(5),
          ...calls(3, GET, { from: 'batch', responseSize: 10 }),
          ...calls(2, PAY, { from: 'orders', requestSize: 5_000, status: '500' }),
        ],
      }),
    ]);
    expect(summary?.talkers.callersByCalls.list).toEqual([
      { workload: 'gateway', calls: 5, failures: 0 },
      { workload: 'batch', calls: 3, failures: 0 },
      { workload: 'orders', calls: 2, failures: 2 },
    ]);
    expect(summary?.talkers.workloadsByCalls.list.map(({ workload }) => workload)).toEqual([
      'orders',
      'payment',
    ]);
    expect(summary?.talkers.workloadsByBytes.list).toMatchObject([
      { workload: 'payment', bytes: 10_000 },
      { workload: 'orders', bytes: 30 },
    ]);
    expect(summary?.talkers.flowsByBytes).toBeNull();
  });

  it('what flows carried since the reading before, a count that fell counting whole', () => {
    const reading = (nth: number, bytes: number, other: number) =>
      judgedSlot({
        nth,
        flows: flowReading([flow({ bytes }), flow({ server: 'db', bytes: other, connections: 1 })]),
      });
    const summaries = told([
      reading(0, 1_000, 50),
      reading(1, 4_000, 60),
      reading(2, 4_500, 70),
      reading(3, 200, 71),
    ]);
    const carried = summaries.map(({ talkers }) =>
      talkers.flowsByBytes?.list.map(({ server, bytes }) => [server, bytes]),
    );
    expect(carried).toEqual([
      [
        ['orders', 3_500],
        ['db', 20],
      ],
      [
        ['orders', 200],
        ['db', 1],
      ],
    ]);
  });

  it('the worst error shares by what is certain of them, and the usual ones', () => {
    const [summary] = told([
      judgedSlot({
        normal: normal({ failureShare: 0.002 }),
        calls: [
          ...calls(1, 'once GET /', { status: '500' }),
          ...calls(50, GET, { status: '500' }),
          ...calls(50),
          ...calls(100, PAY),
        ],
      }),
    ]);
    expect(summary?.worstErrorShares.list).toMatchObject([
      { operation: GET, share: 0.5, usual: 0.002 },
      { operation: 'once GET /', share: 1 },
    ]);
  });

  it('the slowest P95 beside the usual one, of operations with calls enough', () => {
    const slow = calls(20, PAY, { latency: 400 });
    const all = [...calls(40), ...slow, ...calls(3, 'rare GET /', { latency: 9_000 })];
    const [known] = told([judgedSlot({ normal: normal({}), calls: all })]);
    expect(known?.slowest.list.map(({ operation }) => operation)).toEqual([PAY, GET]);
    expect(known?.slowest.list[0]?.p95).toBeCloseTo(400, -1);
    expect(known?.slowest.list[0]?.usual).toBe(95);
    const [unknown] = told([judgedSlot({ normal: normal(undefined), calls: all })]);
    expect(unknown?.slowest.list[0]?.usual).toBeNull();
  });

  it('what fires at the end, and what began and ended, the most severe first', () => {
    const warning = alert({ id: 'w', severity: 'warning', category: 'traffic' });
    const critical = alert({ id: 'c', since: '2026-11-23T14:02:00.000Z' });
    const over = alert({ id: 'o', state: 'resolved', resolvedAt: '2026-11-23T14:09:00.000Z' });
    const [summary] = told([
      judgedSlot({ nth: 0, firing: [warning], changed: [warning, over] }),
      judgedSlot({ nth: 1, firing: [warning, critical], changed: [critical] }),
    ]);
    const ids = (name: 'firing' | 'began' | 'ended') => summary?.[name].list.map(({ id }) => id);
    expect(ids('firing')).toEqual(['c', 'w']);
    expect(ids('began')).toEqual(['c', 'w']);
    expect(ids('ended')).toEqual(['o']);
    expect(summary?.anomalies).toEqual({ errors: 1, traffic: 1 });
  });

  it('problems of the capture by kind, and when the Hub could not be asked', () => {
    const summaries: Summary[] = [];
    const listener = new SummaryListener(QUARTER, (summary) => summaries.push(summary));
    const problems = [{ code: 'hole', message: 'nothing for 90 s' }] as const;
    listener.slot(judgedSlot({ nth: 0, problems }));
    listener.blind('shop', { since: MONDAY + FIVE_MINUTES, reason: 'connection refused' });
    listener.blind('shop', { since: MONDAY + FIVE_MINUTES, reason: 'token expired' });
    listener.slot(judgedSlot({ nth: 1, problems }));
    listener.slot(judgedSlot({ nth: 2 }));
    listener.blind('shop', undefined);
    listener.slot(judgedSlot({ nth: 5 }));
    listener.slot(judgedSlot({ nth: 8 }));
    expect(summaries[0]?.problems).toEqual([
      { code: 'hole', message: 'nothing for 90 s', slots: 2 },
    ]);
    const blind = [{ since: '2026-11-23T14:05:00.000Z', reason: 'token expired' }];
    expect(summaries.map((summary) => summary.blind)).toEqual([blind, blind, []]);
  });

  it('is bounded, and counts what it leaves out', () => {
    const many = Array.from({ length: 6_000 }, (_, i) =>
      calls(1, `w${i} GET /${i}`, { from: `c${i}`, status: '500', responseSize: 1 }),
    ).flat();
    const alerts = Array.from({ length: 300 }, (_, i) => alert({ id: String(i) }));
    const [summary] = told([judgedSlot({ calls: many, firing: alerts, changed: alerts })]);
    expect(summary).toMatchObject({
      calls: 6_000,
      operationsNotToldApart: 1_000,
      firing: { leftOut: 250 },
      worstErrorShares: { leftOut: 4_990 },
    });
    expect(summary?.errors.failures).toBe(6_000);
    expect(JSON.stringify(summary).length).toBeLessThan(100_000);
  });

  it('changes nothing of the slots it was told of', () => {
    const first = judgedSlot({ nth: 0, calls: calls(3) });
    told([first, judgedSlot({ nth: 1, calls: calls(4) })]);
    expect(first.view.operations.get(GET)?.calls).toBe(3);
  });
});
