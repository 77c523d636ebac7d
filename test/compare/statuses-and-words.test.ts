import { describe, expect, it } from 'vitest';
import { findingId } from '../../src/compare/finding-id.ts';
import { type Settled, warmUpFindings } from '../../src/compare/latency/warm-up.ts';
import { compareMessagesOf } from '../../src/compare/messages.ts';
import { bySeverity, byWeight } from '../../src/compare/severity.ts';
import { compareSuccessStatuses } from '../../src/compare/statuses/success-statuses.ts';
import { count, ms, percent, times } from '../../src/compare/words.ts';
import { Sketch } from '../../src/profile/sketch.ts';
import { json } from '../support/calls.ts';
import { finding } from '../support/judgements.ts';
import { operationPair, statsOf } from './view/make.ts';

const ended = (total: number, statuses: Readonly<Record<string, number>>) => {
  const list = Object.entries(statuses).flatMap(([status, n]) => Array<string>(n).fill(status));
  return statsOf(total, (i) => ({ status: list[i] ?? '200' }));
};

describe('statuses of success', () => {
  const compare = (
    before: Readonly<Record<string, number>>,
    after: Readonly<Record<string, number>>,
    { counts = [60, 60], protocol = 'http' } = {},
  ) =>
    compareSuccessStatuses(
      [
        operationPair(
          'orders GET /a',
          ended(counts[0] ?? 0, before),
          ended(counts[1] ?? 0, after),
          protocol,
        ),
      ],
      { minSamples: 20 },
    ).findings;
  const told = (...given: Parameters<typeof compare>) =>
    compare(...given).map(({ severity, path }) => `${severity} ${path}`);

  it('that are gone and new are told in words, with calls of both sides', () => {
    const [gone, come] = compare({}, { '204': 30, '201': 30 });
    expect(gone).toMatchObject({
      rule: 'schema.status-removed',
      category: 'schema-change',
      severity: 'breaking',
      path: 'status 200',
      summary:
        'Never answers 200 any more, but 201 or 204; before in 60 of 60 calls that did not fail.',
      baseline: 60,
      candidate: 0,
      effect: -1,
      interval: { level: 0.95 },
      samples: { baseline: 60, candidate: 60 },
    });
    expect(gone?.interval?.low).toBeCloseTo(-1);
    expect(gone?.interval?.high).toBeCloseTo(-0.915, 2);
    expect(come).toMatchObject({
      rule: 'schema.status-added',
      severity: 'info',
      path: 'status 201',
      summary: 'Answers 201 in 30 of 60 calls that did not fail; never before.',
      effect: 0.5,
    });
    const sides = (one = gone) => new Set(one?.evidence.map(({ side }) => side));
    expect(sides()).toEqual(new Set(['candidate', 'baseline']));
    expect(sides(come)).toEqual(new Set(['candidate']));
    const numbers = come?.evidence.map(({ callId }) => Number(callId.slice(2))) ?? [];
    expect(numbers.length).toBeGreaterThan(0);
    expect(Math.max(...numbers)).toBeLessThan(30);
  });

  it('weigh by how sure their end is, and are information where they were one of several', () => {
    const all = { counts: [20, 20] };
    expect(told({}, { '204': 20 }, all)).toContain('breaking status 200');
    expect(told({ '204': 30 }, { '204': 60 })).toEqual(['info status 200']);
    const few = { '500': 53 };
    expect(told(few, { '204': 60 })).toEqual([]);
  });

  it('are looked at among calls that did not fail, of HTTP, that are enough', () => {
    const most = { '500': 40 };
    expect(told(most, { ...most, '204': 20 })).toHaveLength(2);
    expect(told({ '500': 41 }, { ...most, '204': 20 })).toEqual([]);
    expect(told(most, { '500': 41, '204': 19 })).toEqual([]);
    for (const protocol of ['http', 'https', 'http2'])
      expect(told({}, { '204': 60 }, { protocol })).toHaveLength(2);
    expect(told({}, { '204': 60 }, { protocol: 'grpc' })).toEqual([]);
    expect(told({}, { '304': 30, '206': 30 })).toEqual([]);
    expect(told({}, { '1000': 60 })).toEqual([]);
    expect(told({}, { '100': 60 })).toEqual([]);
  });
});

describe('messages of an operation', () => {
  const headers = new Map([['content-type', 'application/json']]);
  const of = (fields: object, status = '200', total = 30) =>
    statsOf(total, () => ({
      path: '/a',
      status,
      requestHeaders: headers,
      requestBody: json(fields),
      responseHeaders: headers,
      responseBody: json(fields),
    }));
  const compare = (base: ReturnType<typeof of>, cand: ReturnType<typeof of>) =>
    compareMessagesOf([operationPair('orders POST /a', base, cand)], { minSamples: 20 });

  it('are its requests, and its responses by the statuses of both sides', () => {
    const paths = (...given: Parameters<typeof compare>) =>
      compare(...given).findings.map(({ path }) => path);
    expect(paths(of({ a: 1 }), of({ b: 'x y' }))).toEqual([
      'request /a',
      'request /b',
      'response 200 /a',
      'response 200 /b',
    ]);
    expect(paths(of({ a: 1 }), of({ a: 'x y' }, '201'))).toEqual(['request /a']);
    expect(paths(of({ a: 1 }), statsOf(0))).toEqual([]);
    expect(paths(statsOf(0), of({ a: 1 }))).toEqual([]);
    expect(
      compare(of({ a: 1 }), of({ a: 1 }, '200', 9)).notChecked.map(({ reason }) => reason[0]),
    ).toEqual(['r', 'r']);
  });
});

describe('a warm-up that was set aside', () => {
  const sketch = (calls: number, value: number) => {
    const made = new Sketch();
    for (let i = 0; i < calls; i++) made.add(value);
    return made;
  };
  const settled = (warm?: readonly [number, number]): Settled => ({
    total: sketch(50, 10),
    slots: [],
    ...(warm && { warmUp: sketch(...warm) }),
  });
  const none = statsOf(0);
  const pair = operationPair('orders GET /a', none, none);
  const told = (base: Settled, cand: Settled) => warmUpFindings(pair, base, cand)[0];

  it('is told of the sides that had one', () => {
    expect(warmUpFindings(pair, settled(), settled())).toEqual([]);
    expect(told(settled(), settled([7, 40]))).toMatchObject({
      rule: 'latency.warm-up',
      category: 'performance',
      severity: 'info',
      operation: 'orders GET /a',
      path: 'warm-up',
      summary: expect.stringMatching(
        /^Warm-up now: the first 7 calls had a P50 of (39|40)[.\d]* ms, those after them (9|10)[.\d]* ms \([34][.\d]*×\)\. Set aside: the latencies after it are compared\.$/,
      ),
      baseline: 0,
      candidate: 7,
      interval: null,
      samples: { baseline: 50, candidate: 50 },
    });
    expect(told(settled(), settled([7, 40]))?.effect).toBeCloseTo(4, 0);
    const before = told(settled([5, 20]), settled());
    expect(before).toMatchObject({ baseline: 5, candidate: 0 });
    expect(before?.effect).toBeCloseTo(2, 0);
    expect(before?.summary).toMatch(/^Warm-up before: the first 5 calls/);
    const both = told(settled([5, 20]), settled([7, 40]));
    expect(both?.summary).toMatch(/^Warm-up before: .*×\); Warm-up now: the first 7 calls/);
    expect(both?.effect).toBeCloseTo(4, 0);
  });
});

describe('numbers in words', () => {
  it.each([
    [percent(0), '0 %'],
    [percent(0.00123), '0.12 %'],
    [percent(0.0951), '9.5 %'],
    [percent(0.1), '10 %'],
    [percent(0.999), '100 %'],
    [count(3, 40), '3 of 40'],
    [ms(12.345), '12.3 ms'],
    [ms(0.01234), '0.0123 ms'],
    [times(2.345), '2.35×'],
  ])('%s', (told, expected) => {
    expect(told).toBe(expected);
  });
});

describe('findings', () => {
  it('come worst first, then by operation, rule and path', () => {
    const base = { operation: 'b', path: 'b', rule: 'call.missing', severity: 'warning' } as const;
    const order = [
      finding({ ...base, severity: 'breaking', operation: 'z' }),
      finding({ ...base, operation: 'a', rule: 'schema.field-removed' }),
      finding({ ...base, rule: 'call.extra', path: 'z' }),
      finding({ ...base, path: 'a' }),
      finding(base),
      finding({ ...base, severity: 'info', operation: 'a' }),
    ];
    expect(order.toReversed().sort(byWeight)).toEqual(order);
    const { path: _, ...nowhere } = finding(base);
    expect([finding(base), nowhere].sort(byWeight)[0]).toBe(nowhere);
    expect(bySeverity('warning', 'warning')).toBe(0);
  });

  it('are named by rule, operation and path', () => {
    const { path: _, ...nowhere } = finding({ rule: 'call.extra', operation: 'a' });
    expect(findingId(nowhere)).toBe('call.extra a');
    expect(findingId({ ...nowhere, path: 'b c' })).toBe('call.extra a b c');
  });
});
