import { describe, expect, it } from 'vitest';
import { compareErrors } from '../../../src/compare/statuses/index.ts';
import { USUAL_THRESHOLDS } from '../../../src/compare/thresholds.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { call } from '../../support/calls.ts';
import { operationPair } from '../view/make.ts';
import { side } from './side.ts';

const none: Parameters<typeof compareErrors>[0] = [];
function compare(
  base: OperationStats,
  cand: OperationStats,
  { thresholds = USUAL_THRESHOLDS, protocol = 'http', others = none } = {},
) {
  const pair = operationPair('orders GET /a', base, cand, protocol);
  return compareErrors([pair, ...others], { thresholds }).findings;
}
const told = (...given: Parameters<typeof compare>) =>
  compare(...given).map(
    ({ severity, rule, undecided }) => `${severity} ${rule}${undecided ? ' ?' : ''}`,
  );
const BREAKS = ['breaking error.new-status'];
const WARNS = ['warning error.new-status'];

describe('a status never seen before', () => {
  it('of DNS for a name that did exist breaks, and is usual for one that never did', () => {
    for (const [found, lost] of [
      ['0', '3'],
      ['NOERROR', 'NXDOMAIN'],
    ] as const) {
      const [before, after] = [side(400, { status: found }), side(400, { status: lost })];
      expect(told(before, after, { protocol: 'dns' })).toEqual(BREAKS);
      expect(told(after, after, { protocol: 'dns' })).toEqual([]);
      expect(told(after, before, { protocol: 'dns' })).toEqual([]);
    }
  });

  it('is told with its kind, the calls and examples of it', () => {
    const [found] = compare(side(0), side(40));
    expect(found).toMatchObject({
      rule: 'error.new-status',
      category: 'new-error',
      severity: 'breaking',
      operation: 'orders GET /a',
      path: 'status 500',
      summary: 'Status 500 (server error) in 40 of 400 calls; never in 400 calls before.',
      baseline: 0,
      candidate: 40,
      effect: 0.1,
      samples: { baseline: 400, candidate: 400 },
    });
    expect(found?.interval?.low).toBeCloseTo(0.074, 2);
    expect(found?.interval?.high).toBeCloseTo(0.133, 2);
    expect(found?.interval?.level).toBe(0.95);
    expect(found?.evidence.length).toBeGreaterThan(0);
    for (const { side: where, note } of found?.evidence ?? [])
      expect([where, note]).toEqual(['candidate', 'status 500']);
  });

  it('breaks by its number, warns where such ones may hide, and is undecided between', () => {
    const of = (some: number) => told(side(0), side(some)).join();
    expect(of(0)).toBe('');
    expect(of(1)).toBe('warning error.new-status');
    const kinds = Array.from({ length: 30 }, (_, i) => of(i));
    const order = ['', WARNS[0], `${WARNS[0]} ?`, BREAKS[0]];
    expect([...new Set(kinds)]).toEqual(order);
    expect(kinds).toEqual(kinds.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
    const [open] = compare(side(0), side(kinds.indexOf(`${WARNS[0]} ?`)));
    expect(open?.undecided).toBe('too few calls tell a new error from a rare one that was there');
  });

  it('of clients breaks in a tenth of the calls', () => {
    const of = (some: number) => told(side(0), side(some, { status: '422' }));
    expect(of(40)).toEqual(BREAKS);
    expect(of(39)).toEqual(WARNS);
    expect(compare(side(0), side(40, { status: '422' }))[0]?.summary).toMatch(
      /^Status 422 \(client error\) in/,
    );
  });

  it('of clients is never undecided: it says what they asked', () => {
    const few = { count: 30 };
    const of = (some: number, status: string) =>
      told(side(0, few), side(some, { ...few, status })).join();
    expect([3, 4, 5].map((some) => of(some, '500'))).toEqual(Array(3).fill(`${WARNS[0]} ?`));
    expect([4, 5].map((some) => of(some, '422'))).toEqual(['info error.new-status', WARNS[0]]);
  });

  it('that is no response warns where it came in a burst', () => {
    const lost = (some: number, count: number) =>
      side(some, { status: undefined, bursts: true, count });
    expect(told(lost(0, 98), lost(12, 124))).toEqual(WARNS);
    expect(told(lost(0, 98), lost(5, 124))).toEqual([]);
  });

  it('that is no response is told as such, where chance does not explain it', () => {
    const lost = (some: number) => side(some, { status: undefined });
    expect(compare(side(0), lost(40))[0]).toMatchObject({
      severity: 'breaking',
      path: 'status (no response)',
      summary: 'No response (server error) in 40 of 400 calls; never in 400 calls before.',
      evidence: expect.arrayContaining([expect.objectContaining({ note: 'no response' })]),
    });
    expect(told(side(0), lost(5))).toEqual([]);
  });

  it('in bursts breaks in a tenth of the calls, and says so', () => {
    const bursts = (some: number) => side(some, { bursts: true });
    const [found] = compare(side(0), bursts(60));
    expect(found?.summary).toMatch(/before\. They come in bursts\.$/);
    const few = (some: number) =>
      told(side(0, { count: 100 }), side(some, { count: 100, bursts: true })).join();
    expect([few(10), few(20), few(50)]).toEqual([WARNS[0], WARNS[0], BREAKS[0]]);
    expect(told(side(0, { count: 2000 }), side(190, { count: 2000, bursts: true }))).toEqual(WARNS);
  });

  it('is none that is no error, or that only the baseline had', () => {
    expect(told(side(0), side(40, { status: '302' }))).toEqual([]);
    expect(told(side(0), side(40, { status: 'odd' }))).toEqual([]);
    expect(told(side(40), side(0))).toEqual([]);
  });

  it('breaks by its number from the share on that the thresholds say', () => {
    const many = { count: 700 };
    const least = (newErrorShare: number) =>
      Array.from({ length: 20 }, (_, i) => i).find((some) => {
        const thresholds = { ...USUAL_THRESHOLDS, newErrorShare };
        return told(side(0, many), side(some, many), { thresholds }).join() === BREAKS.join();
      });
    expect([least(0.01), least(7 / 700), least(8 / 700)]).toEqual([7, 7, 8]);
  });

  it('weighs less where such ones hide at other operations of the protocol', () => {
    const rare = Array.from({ length: 12 }, (_, i) =>
      operationPair(`s${i} GET /`, side(3, { count: 300 }), side(0)),
    );
    const of = (others: typeof rare) => compare(side(0), side(7), { others })[0]?.severity;
    const fine = rare.map(({ operation, cand }) => operationPair(operation, side(0), cand));
    const elsewhere = rare.map(({ operation, base, cand }) =>
      operationPair(operation, base, cand, 'grpc'),
    );
    expect([of(fine), of(rare), of(elsewhere)]).toEqual(['breaking', 'warning', 'breaking']);
  });

  it('is judged by its evidence, however few the calls are', () => {
    const of = (count: number, some = count, status = '500') =>
      told(side(0, { count }), side(some, { count, status })).join();
    expect([1, 2].map((count) => of(count))).toEqual(Array(2).fill(WARNS[0]));
    expect(of(3)).toBe(`${WARNS[0]} ?`);
    expect([4, 12].map((count) => of(count))).toEqual(Array(2).fill(BREAKS[0]));
    expect([of(12, 1), of(12, 3)]).toEqual([WARNS[0], `${WARNS[0]} ?`]);
    expect([of(2, 2, '404'), of(12, 12, '404')]).toEqual(['info error.new-status', BREAKS[0]]);
  });
});

describe('a status that became more frequent', () => {
  it('is told with both shares', () => {
    const [found] = compare(side(4), side(40));
    expect(found).toMatchObject({
      rule: 'error.rate-increased',
      severity: 'breaking',
      path: 'status 500',
      summary: 'Status 500 (server error) rose from 1.0 % (4 of 400) to 10 % (40 of 400).',
      baseline: 4,
      candidate: 40,
    });
    expect(found?.effect).toBeCloseTo(0.09);
  });

  it('breaks where it is the server’s and beyond chance, and warns otherwise', () => {
    expect(told(side(4), side(40))).toEqual(['breaking error.rate-increased']);
    expect(told(side(4), side(14))).toEqual(['warning error.rate-increased']);
    const client = { status: '404' };
    const others = Array.from({ length: 10 }, (_, i) =>
      operationPair(`orders GET /b${i}`, side(8, client), side(8, client), 'http'),
    );
    expect(told(side(8, client), side(20, client))).toEqual(['warning error.rate-increased']);
    expect(told(side(8, client), side(20, client), { others })).toEqual([]);
    expect(told(side(8, client), side(32, client), { others })).toEqual([
      'warning error.rate-increased',
    ]);
    expect(told(side(8), side(20), { others })).toEqual(['warning error.rate-increased']);
    expect(told(side(4, client), side(40, client))).toEqual(['warning error.rate-increased']);
    expect(told(side(4, client), side(44, client))).toEqual(['breaking error.rate-increased']);
    expect(told(side(30, client), side(90, client))).toEqual(['breaking error.rate-increased']);
    expect(told(side(30, client), side(89, client))).toEqual(['warning error.rate-increased']);
  });

  it('is nothing where it rose by little, by half at most, or by chance', () => {
    const big = (some: number) => side(some, { count: 4000 });
    expect(told(big(8), big(47))).toEqual([]);
    expect(told(big(8), big(48))).toHaveLength(1);
    expect(told(big(500), big(749))).toEqual([]);
    expect(told(big(500), big(750))).toHaveLength(1);
    expect(told(side(4), side(8))).toEqual([]);
    expect(told(side(40), side(4))).toEqual([]);
    const thresholds = { ...USUAL_THRESHOLDS, errorIncrease: 0.0625 };
    expect(told(big(125), big(374), { thresholds })).toEqual([]);
    expect(told(big(125), big(375), { thresholds })).toHaveLength(1);
  });

  it('in bursts is worth fewer calls', () => {
    const found = compare(side(20, { bursts: true }), side(60, { bursts: true }));
    expect(found).toMatchObject([
      {
        severity: 'warning',
        summary: expect.stringMatching(/\(60 of 400\)\. They come in bursts\.$/),
      },
    ]);
  });
});

describe('probes of pods that start', () => {
  /** 400 calls, ten a slot; those of `fails` are answered 503. */
  const probed = (fails: (i: number) => boolean) => {
    const stats = new OperationStats();
    for (let i = 0; i < 400; i++) {
      const status = fails(i) ? '503' : '200';
      stats.observe(call({ id: `n/${i}`, to: 'orders', status }), Math.floor(i / 10));
    }
    return stats;
  };
  const judged = (cand: OperationStats, operation = 'orders GET /healthz/ready', base = side(0)) =>
    compareErrors([operationPair(operation, base, cand)], {}).findings.map(
      ({ severity, rule, undecided }) => `${severity} ${rule}${undecided ? ' ?' : ''}`,
    );
  const started = probed((i) => i >= 50 && i < 130);

  it('fail for a while, which is no break', () => {
    expect(judged(started)).toEqual(WARNS);
    const before = probed((i) => i === 7);
    expect(judged(started, 'orders GET /actuator/health/readiness', before)).toEqual([
      'warning error.rate-increased',
    ]);
  });

  it('break where they go on failing, fail now and then, or are no probes', () => {
    expect(judged(probed((i) => i >= 320))).toEqual(BREAKS);
    expect(judged(probed((i) => i % 5 === 0))).toEqual(BREAKS);
    expect(judged(probed((i) => i < 280))).toEqual(BREAKS);
    expect(judged(started, 'orders GET /orders/{id}')).toEqual(BREAKS);
  });
});
