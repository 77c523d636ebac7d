import { describe, expect, it } from 'vitest';
import { environmentOfRuns, reportEverywhere } from '../../../src/compare/latency/everywhere.ts';
import { compareLatency } from '../../../src/compare/latency/index.ts';
import { smallestSlowdown } from '../../../src/compare/latency/visible.ts';
import type { OperationPair } from '../../../src/compare/pairs.ts';
import { USUAL_THRESHOLDS } from '../../../src/compare/thresholds.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { call } from '../../support/calls.ts';
import { timed } from '../timed.ts';
import { operationPair } from '../view/make.ts';

const others = (factor: number, count = 9) =>
  Array.from({ length: count }, (_, i) =>
    operationPair(`other${i} GET /`, timed(200), timed(200, factor)),
  );
const compare = (
  base: OperationStats,
  cand: OperationStats,
  {
    minSamples = 20,
    thresholds = USUAL_THRESHOLDS,
    beside = others(1),
  }: { minSamples?: number; thresholds?: typeof USUAL_THRESHOLDS; beside?: OperationPair[] } = {},
) =>
  compareLatency([operationPair('orders GET /a', base, cand), ...beside], {
    minSamples,
    thresholds,
  });
const told = (...given: Parameters<typeof compare>) =>
  compare(...given).findings.map(({ severity, rule }) => `${severity} ${rule}`);
const P95 = ['breaking latency.p95-increased'];
const P50 = ['breaking latency.p50-increased'];

describe('latencies that grew', () => {
  it('are told with the quantile, its ratio and interval, and the slowest calls', () => {
    const [found, ...more] = compare(timed(200), timed(200, 3)).findings;
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      rule: 'latency.p95-increased',
      category: 'performance',
      severity: 'breaking',
      operation: 'orders GET /a',
      path: 'P95',
      samples: { baseline: 200, candidate: 200 },
    });
    expect(found?.summary).toMatch(
      /^P95 rose from [\d.]+ ms to [\d.]+ ms \([23]\.?\d*×\); 100 % of the calls now lie above the old P95\.$/,
    );
    expect(found?.effect).toBeCloseTo(3, 0);
    expect(Number(found?.candidate) / Number(found?.baseline)).toBeCloseTo(found?.effect ?? 0, 2);
    expect(found?.interval?.low).toBeGreaterThan(2.5);
    expect(found?.interval?.high).toBeLessThan(3.5);
    expect(found?.evidence[0]).toMatchObject({
      side: 'candidate',
      note: expect.stringMatching(/ ms$/),
    });
  });

  it('are worth a finding from the thresholds on', () => {
    const of = (factor: number, given: Partial<typeof USUAL_THRESHOLDS>) =>
      told(timed(2000), timed(2000, factor), { thresholds: { ...USUAL_THRESHOLDS, ...given } });
    expect(of(1.3, { latencyRatio: 1.2 })).toEqual(P95);
    expect(of(1.3, { latencyRatio: 1.7 })).toEqual([]);
    expect(of(1.3, { latencyIncrease: 20 })).toEqual([]);
    expect(of(1.6, { latencyIncrease: 20 })).toEqual(P95);
    expect(of(3, { latencyIncrease: 200 })).toEqual([]);
  });

  it('are told where only a few in a hundred take surely longer', () => {
    const hangs = (calls: number, share: number, far = 200) =>
      told(timed(calls), timed(calls, 1, { isFar: (i) => i % share === 0, far }));
    const tail = ['warning latency.p99-increased'];
    expect(hangs(1000, 40)).toEqual(tail);
    expect(hangs(2000, 50)).toEqual(tail);
    expect(hangs(1000, 40, 1.3)).toEqual([]);
    expect(hangs(200, 40)).toEqual([]);
    expect(hangs(1000, 200)).toEqual([]);
  });

  it('of a tail are told beyond what everything became slower by', () => {
    const tail = timed(1000, 1.5, { isFar: (i) => i % 40 === 0, far: 400 });
    const [found] = compare(timed(1000), tail, { beside: others(1.5) }).findings;
    expect(found).toMatchObject({ rule: 'latency.p99-increased', severity: 'warning' });
    expect(found?.summary).toMatch(
      /^P99 rose from [\d.]+ ms to [\d.]+ ms \([\d.]+×\)\. Most operations became 1\.\d+× slower besides\.$/,
    );
    const less = timed(1000, 1.5, { isFar: (i) => i % 40 === 0, far: 75 });
    expect(told(timed(1000), less, { beside: others(1.5) })).toEqual([
      'warning latency.everywhere',
    ]);
  });

  it('are a tail, also where all other calls are far below the threshold', () => {
    const tail = timed(1000, 0.001, { isFar: (i) => i % 40 === 0, far: 200 });
    expect(told(timed(1000, 0.001), tail)).toEqual(['warning latency.p99-increased']);
  });

  it('are a tail, where a share of the calls takes far longer', () => {
    const tail = (share: number) => timed(400, 1, { isFar: (i) => i % share === 0, far: 200 });
    expect(told(timed(400), tail(8))).toEqual(P95);
    expect(compare(timed(400), tail(8)).findings[0]?.summary).toMatch(
      /; 1\d % of the calls now lie/,
    );
    expect(told(timed(400), tail(40))).toEqual([]);
    const bursts = timed(400, 1, { isFar: (i) => i >= 200 && i < 220, far: 200 });
    expect(told(timed(400), bursts)).toEqual([]);
  });

  it('are told of the median where the tail did not grow', () => {
    const spread = timed(400, 1, { isFar: (i) => i % 5 === 0, far: 300 });
    const moved = timed(400, 3, { isFar: (i) => i % 5 === 0, far: 300 });
    expect(told(spread, moved)).toEqual(P50);
    expect(compare(spread, moved).findings[0]).toMatchObject({
      path: 'P50',
      summary: expect.stringMatching(/of the calls now lie above the old P50\.$/),
    });
  });

  it('are told of the median where the tail is too rare to have surely grown', () => {
    const of = (usual: number, rare: number) => {
      const stats = new OperationStats();
      for (let i = 0; i < 200; i++) {
        const latency = i % 12 === 0 ? rare * (100 + ((i * 53) % 300)) : usual * (20 + (i % 10));
        stats.observe(call({ id: `n/${i}`, to: 'orders', latency }), Math.floor(i / 20));
      }
      return stats;
    };
    expect(told(of(1, 1), of(1.6, 1.15))).toEqual(P50);
    expect(told(of(1, 1), of(1.6, 2))).toEqual(P95);
  });

  it('are worth a finding by what they grew beyond everything else', () => {
    const of = (given: Partial<typeof USUAL_THRESHOLDS>) =>
      told(timed(2000), timed(2000, 2.4), {
        beside: others(2),
        thresholds: { ...USUAL_THRESHOLDS, ...given },
      }).filter((line) => !line.endsWith('latency.everywhere'));
    expect(of({ latencyRatio: 1.1 })).toEqual(P95);
    expect(of({ latencyRatio: 1.5 })).toEqual([]);
    expect(of({ latencyRatio: 1.1, latencyIncrease: 30 })).toEqual([]);
  });

  it('are told where the rise that is asked for is possible, and the one seen is sure', () => {
    const even = (count: number, factor = 1) => {
      const stats = new OperationStats();
      for (let i = 0; i < count; i++) {
        const one = call({ id: `n/${i}`, to: 'orders', latency: (100 + (i % 3)) * factor });
        stats.observe(one, Math.floor(i / 20));
        stats.fanout.observe(one, []);
      }
      return stats;
    };
    const of = (calls: number, factor: number, everything = 1) =>
      told(even(2000), even(calls, factor * everything), {
        beside: others(everything),
        thresholds: { ...USUAL_THRESHOLDS, latencyRatio: 1.5 },
      }).filter((line) => !line.endsWith('latency.everywhere'));
    expect([1.2, 1.3, 1.6].map((factor) => of(100, factor))).toEqual([[], P95, P95]);
    expect([1.3, 1.6].map((factor) => of(2000, factor))).toEqual([[], P95]);
    expect([1.2, 1.6].map((factor) => of(100, factor, 1.5))).toEqual([[], P95]);
    expect([1.3, 1.6].map((factor) => of(2000, factor, 1.5))).toEqual([[], P95]);
  });

  it('are nothing where they shrank, or both sides are quick', () => {
    expect(told(timed(200, 3), timed(200))).toEqual([]);
    expect(told(timed(200, 0.02), timed(200, 0.1))).toEqual([]);
  });
});

describe('latencies of too few calls', () => {
  it('are not judged, with what could have been seen', () => {
    const { findings, notChecked } = compare(timed(200), timed(29, 4));
    expect(findings).toEqual([]);
    expect(notChecked).toEqual([
      {
        operation: 'orders GET /a',
        family: 'latency',
        reason: '29 calls; any P95 change could not be seen',
        samples: { baseline: 200, candidate: 29 },
      },
    ]);
    expect(compare(timed(200), timed(30, 4)).notChecked).toEqual([]);
    const many = { minSamples: 200 };
    expect(compare(timed(200), timed(199), many).notChecked[0]?.reason).toMatch(
      /^199 calls; a P95 change under [\d.]+× could not be seen$/,
    );
    expect(compare(timed(200), timed(200), many).notChecked).toEqual([]);
    expect(compare(timed(1000), timed(1000), { minSamples: 5000, beside: [] }).notChecked).toEqual(
      [],
    );
  });

  it('are no gap where one side has none', () => {
    expect(compare(timed(0), timed(200)).notChecked).toEqual([]);
    expect(compare(timed(200), timed(0)).notChecked).toEqual([]);
  });
});

describe('what slowed every operation', () => {
  const everywhere = (factor: number, count = 200) => {
    const pairs = Array.from({ length: 10 }, (_, i) =>
      operationPair(`o${i} GET /`, timed(count), timed(count, factor)),
    );
    return reportEverywhere(pairs, environmentOfRuns(pairs));
  };

  it('is one finding, a break from a factor of two on', () => {
    expect(everywhere(1.2)).toBeUndefined();
    expect(everywhere(1.3)).toMatchObject({
      rule: 'latency.everywhere',
      category: 'performance',
      severity: 'warning',
      operation: 'all operations',
      baseline: 1,
      interval: null,
      samples: { baseline: 2000, candidate: 2000 },
      evidence: [],
    });
    expect(everywhere(1.9)?.severity).toBe('warning');
    expect(everywhere(2.1)?.severity).toBe('breaking');
    const found = everywhere(3);
    expect(found?.effect).toBeCloseTo(3, 0);
    expect(found?.candidate).toBe(found?.effect);
    expect(found?.summary).toMatch(
      /^Half of the operations became [\d.]+× slower or more by their own time: the machine, its load, or something that all share\. Latencies are judged beyond that factor\.$/,
    );
  });

  it('is learned from operations with thirty calls a side', () => {
    expect(everywhere(3, 30)).toBeDefined();
    expect(everywhere(3, 29)).toBeUndefined();
  });

  it('is no excuse for what became slower still, and is said beside it', () => {
    const slow = compare(timed(200), timed(200, 6), { beside: others(1.5) });
    expect(slow.findings.map(({ rule }) => rule)).toEqual([
      'latency.p95-increased',
      'latency.everywhere',
    ]);
    expect(slow.findings[0]?.summary).toMatch(
      / of the calls now lie above the old P95\. Most operations became 1\.\d+× slower besides\.$/,
    );
    expect(told(timed(200), timed(200, 1.5), { beside: others(1.5) })).toEqual([
      'warning latency.everywhere',
    ]);
  });
});

describe('calls that wait until there is something to answer', () => {
  const judged = (operation: string, protocol: string) =>
    compareLatency([operationPair(operation, timed(200), timed(200, 3), protocol), ...others(1)], {
      minSamples: 20,
    });

  it.each([
    ['kafka FETCH orders.events', 'kafka'],
    ['redis BLPOP jobs', 'redis'],
    ['redis XREADGROUP jobs', 'redis'],
    ['push GET /v2/notifications/poll', 'http'],
    ['sqs.eu-central-1.amazonaws.com POST /#AmazonSQS.ReceiveMessage', 'http'],
  ])('take longer under less load, which is no finding: %s', (operation, protocol) => {
    const { findings, notChecked } = judged(operation, protocol);
    expect(findings).toEqual([]);
    expect(notChecked).toMatchObject([
      { operation, family: 'latency', reason: expect.stringContaining('of the load') },
    ]);
  });

  it.each([
    ['kafka PRODUCE orders.events', 'kafka'],
    ['redis LPOP jobs', 'redis'],
    ['orders BLPOP /a', 'http'],
    ['orders GET /polls', 'http'],
  ])('are no others: %s', (operation, protocol) => {
    expect(judged(operation, protocol).findings.map(({ rule }) => rule)).toEqual([
      'latency.p95-increased',
    ]);
  });

  it('ask to watch by a parameter', () => {
    const watched = (factor: number, path: string) => {
      const stats = timed(200, factor);
      for (let i = 0; i < 200; i++) stats.request.observe(call({ id: `n/${i}`, path }), 'request');
      return stats;
    };
    const watch = '/api/v1/pods?watch=true&resourceVersion=1';
    expect(told(watched(1, watch), watched(3, watch))).toEqual([]);
    expect(told(watched(1, '/pods?limit=1'), watched(3, '/pods?limit=1'))).toEqual(P95);
  });

  it('are streams of events on both sides', () => {
    const stream = (factor: number, type: string) => {
      const stats = timed(200, factor);
      for (const [, { response }] of stats.statuses) response.contentTypes.add(type, 200);
      return stats;
    };
    const [events, json] = ['text/event-stream', 'application/json'];
    expect(told(stream(1, events), stream(3, events))).toEqual([]);
    expect(told(stream(1, json), stream(3, events))).toEqual(P95);
  });
});

describe('answers that the client knew already (304)', () => {
  /** So many of 400 are answered 304 in 2 to 4 ms, the others in 20 to 40 ms times `factor`. */
  const answered = (known: number, factor = 1) => {
    const stats = new OperationStats();
    for (let i = 0; i < 400; i++) {
      const short = (i * 7) % 400 < known;
      const latency = (20 + ((i * 37) % 100) / 5) * (short ? 0.1 : factor);
      const one = call({ id: `n/${i}`, to: 'orders', latency, status: short ? '304' : '200' });
      stats.observe(one, Math.floor(i / 20));
      stats.fanout.observe(one, []);
    }
    return stats;
  };

  it('may become fewer: the others are compared with the others', () => {
    expect(told(answered(240), answered(60))).toEqual([]);
    expect(told(answered(380), answered(0))).toEqual([]);
    expect(told(answered(240), answered(60, 2))).toEqual(P95);
    expect(told(answered(60), answered(60, 2))).toEqual(P95);
  });
});

describe('the smallest slowdown that would be found', () => {
  const pair = (count: number) => operationPair('orders GET /a', timed(count), timed(count));
  const least = (count: number, given: Partial<typeof USUAL_THRESHOLDS> = {}, power = 0.8) =>
    smallestSlowdown(
      [pair(count), ...others(1)],
      { minSamples: 20, thresholds: { ...USUAL_THRESHOLDS, ...given } },
      power,
    )(pair(count));

  it('is smaller with more calls, larger for more power or higher thresholds', () => {
    const [few, many] = [least(200) ?? 0, least(4000) ?? 0];
    expect(many).toBeLessThan(few);
    expect(many).toBeGreaterThan(1.1);
    expect(few).toBeLessThan(3);
    expect(least(200, {}, 0.95)).toBeGreaterThan(few);
    expect(least(4000, { latencyRatio: 3 })).toBeGreaterThan(1.9);
    expect(least(4000, { latencyIncrease: 80 })).toBeGreaterThan(2.9);
    expect(least(29)).toBeUndefined();
    expect(least(40)).toBeUndefined();
  });
});
