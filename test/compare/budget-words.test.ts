import { describe, expect, it } from 'vitest';
import { judgeRequirements } from '../../src/compare/budgets.ts';
import { OperationStats } from '../../src/profile/operation-stats.ts';
import { call } from '../support/calls.ts';
import { timed } from './timed.ts';
import { operationPair } from './view/make.ts';

describe('a budget of latencies', () => {
  const judged = (count: number, maxP95: number, before = 200) => {
    const pair = operationPair('orders GET /a', timed(before, 2), timed(count));
    return judgeRequirements([pair], [{ operation: 'orders *', maxP95 }]);
  };

  it('that is exceeded is told with by how much, and how surely', () => {
    const [found] = judged(400, 20);
    expect(found).toMatchObject({
      rule: 'budget.p95-exceeded',
      category: 'performance',
      severity: 'breaking',
      operation: 'orders GET /a',
      path: 'P95',
      summary: expect.stringMatching(/^P95 is [\d.]+ ms; at most 20 ms is required\.$/),
      samples: { baseline: 200, candidate: 400 },
    });
    expect(found?.effect).toBeCloseTo(1.95, 1);
    expect(found?.baseline).toBeCloseTo(78, -1);
    expect(found?.candidate).toBeCloseTo(39, -1);
    expect(found?.interval?.low).toBeGreaterThan(1.8);
    expect(found?.interval?.high).toBeLessThan(2.1);
    expect(found?.evidence[0]).toMatchObject({
      side: 'candidate',
      note: expect.stringMatching(/ ms$/),
    });
  });

  it('may be one of the P99', () => {
    const pair = operationPair('orders GET /a', timed(200, 2), timed(2000));
    const [found] = judgeRequirements([pair], [{ operation: '*', maxP99: 20 }]);
    expect(found).toMatchObject({
      rule: 'budget.p99-exceeded',
      path: 'P99',
      summary: expect.stringMatching(/^P99 is [\d.]+ ms; at most 20 ms is required\.$/),
    });
    expect(Number(found?.baseline)).toBeGreaterThan(70);
  });

  it('is doubted with few calls', () => {
    const [found] = judged(10, 35, 0);
    expect(found).toMatchObject({
      severity: 'warning',
      summary: expect.stringMatching(/ is required\. Too few calls to be sure \(10\)\.$/),
      baseline: null,
      interval: { high: null },
    });
    expect(judged(400, 45)).toEqual([]);
  });
});

describe('a budget of errors', () => {
  const failing = (some: number, count: number) => {
    const stats = new OperationStats();
    for (let i = 0; i < count; i++)
      stats.observe(call({ id: `n/${i}`, status: i < some ? '503' : '200' }), i);
    return stats;
  };
  const judged = (some: number, count: number, maxErrorShare: number) =>
    judgeRequirements(
      [operationPair('orders GET /a', failing(3, 100), failing(some, count))],
      [{ operation: 'orders GET /a', maxErrorShare }],
    );

  it('that is exceeded is told with its share and examples', () => {
    const [found] = judged(100, 400, 0.1);
    expect(found).toMatchObject({
      rule: 'budget.error-share-exceeded',
      category: 'new-error',
      severity: 'breaking',
      summary:
        "25 % of the calls fail by the server's fault (100 of 400); at most 10 % is required.",
      baseline: 3,
      candidate: 100,
      effect: 0.15,
      samples: { baseline: 100, candidate: 400 },
      interval: { level: 0.95 },
    });
    expect(found?.interval?.low).toBeCloseTo(0.108, 2);
    expect(found?.interval?.high).toBeCloseTo(0.195, 2);
    expect(found?.evidence.length).toBeLessThanOrEqual(3);
    expect(found?.evidence[0]).toMatchObject({ side: 'candidate', note: '503' });
  });

  it('is doubted with few calls, and kept where it is met', () => {
    expect(judged(2, 10, 0.1)[0]).toMatchObject({
      severity: 'warning',
      summary: expect.stringMatching(/ is required\. Too few calls to be sure\.$/),
    });
    expect(judged(1, 10, 0.1)).toEqual([]);
  });

  it('of an operation that is missing or called too seldom is a warning in words', () => {
    const pair = operationPair('orders GET /a', failing(0, 9), failing(0, 4));
    const words = (operation: string, minCalls?: number) =>
      judgeRequirements([pair], [{ operation, ...(minCalls !== undefined && { minCalls }) }]);
    expect(words('orders GET /a')).toEqual([]);
    expect(words('orders GET /a', 4)).toEqual([]);
    expect(words('orders GET /a', 5)).toMatchObject([
      {
        rule: 'coverage.required-missing',
        category: 'coverage',
        severity: 'warning',
        operation: 'orders GET /a',
        summary: 'Required, but called only 4 times: at least 5 calls are asked for.',
        baseline: 9,
        candidate: 4,
        evidence: [],
      },
    ]);
    expect(words('orders GET /b')).toMatchObject([
      {
        operation: 'orders GET /b',
        summary:
          'Required, but not called: at least 1 call is asked for; did you mean orders GET /a?',
        samples: { baseline: 0, candidate: 0 },
      },
    ]);
    expect(words('payment POST /refunds')).toMatchObject([
      { summary: 'Required, but not called: at least 1 call is asked for.' },
    ]);
  });
});
