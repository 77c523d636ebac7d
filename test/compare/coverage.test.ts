import { describe, expect, it } from 'vitest';
import { coverageFindings, measureCoverage } from '../../src/compare/coverage.ts';
import { USUAL_THRESHOLDS } from '../../src/compare/thresholds.ts';
import { measureVisible } from '../../src/compare/visible.ts';
import { operationPair, statsOf } from './view/make.ts';

const pair = (name: string, before: number, after: number) =>
  operationPair(`${name} GET /`, statsOf(before), statsOf(after));
const pairs = [
  pair('a', 50, 40),
  pair('b', 30, 19),
  pair('c', 19, 50),
  pair('d', 0, 50),
  pair('e', 25, 0),
  pair('f', 20, 20),
];
const options = { minSamples: 20 };

describe('what of the baseline was exercised', () => {
  const coverage = measureCoverage(pairs, options, []);

  it('is the share of its calls in operations with enough on both sides', () => {
    expect(coverage.comparedShare).toBeCloseTo(70 / 144);
    expect(coverage.operations).toEqual({ baseline: 5, candidate: 5, compared: 2 });
    expect(measureCoverage([pair('d', 0, 50)], options, []).comparedShare).toBe(0);
  });

  it('lists what was compared, and what was not, most calls first', () => {
    expect(coverage.notCovered).toEqual([
      { operation: 'b GET /', baseline: 30, candidate: 19 },
      { operation: 'e GET /', baseline: 25, candidate: 0 },
      { operation: 'c GET /', baseline: 19, candidate: 50 },
    ]);
    expect(coverage.added).toEqual([{ operation: 'd GET /', baseline: 0, candidate: 50 }]);
    expect(
      coverage.compared.map(({ operation, baseline, candidate }) => [
        operation,
        baseline,
        candidate,
      ]),
    ).toEqual([
      ['a GET /', 50, 40],
      ['f GET /', 20, 20],
    ]);
  });

  it('passes on what was not checked, and how many bodies could not be read', () => {
    const notChecked = [
      { operation: 'a', family: 'calls', reason: 'x', samples: { baseline: 1, candidate: 1 } },
    ];
    expect(measureCoverage(pairs, options, notChecked).notChecked).toBe(notChecked);
    const cut = statsOf(30, () => ({ responseBody: { state: 'cut', text: '{' } }));
    const unread = (base: typeof cut, cand: typeof cut) =>
      measureCoverage([operationPair('a GET /', base, cand)], options, []).unreadBodies;
    expect(unread(cut, statsOf(30))).toEqual({ baseline: 1, candidate: 0 });
    expect(unread(statsOf(30), cut)).toEqual({ baseline: 0, candidate: 1 });
  });
});

describe('an operation that the candidate exercised too little', () => {
  it('is information, with calls of the baseline', () => {
    const found = coverageFindings(pairs, 20);
    expect(found.map(({ rule, summary }) => [rule, summary])).toEqual([
      ['coverage.too-few', '19 calls now, 30 before: too few to judge (20 needed).'],
      ['coverage.not-exercised', 'Not called any more: 25 calls before, none now.'],
    ]);
    expect(found[0]).toMatchObject({
      category: 'coverage',
      severity: 'info',
      operation: 'b GET /',
      baseline: 30,
      candidate: 19,
      effect: null,
      interval: null,
      samples: { baseline: 30, candidate: 19 },
    });
    const mixed = statsOf(30, (i) => ({ status: String(200 + (i % 3)) }));
    const [one] = coverageFindings([operationPair('a GET /', mixed, statsOf(0))], 20);
    expect(one?.evidence).toHaveLength(3);
    expect(one?.evidence[0]).toEqual({
      callId: expect.stringMatching(/^n\/\d+$/),
      side: 'baseline',
    });
  });
});

describe('what could have been seen of an operation', () => {
  it('is told in numbers of three digits, or is nothing with few calls', () => {
    const all = [pair('a', 400, 400), pair('b', 5, 5)];
    const visible = measureVisible(all, options);
    const [many, few] = all.map(visible);
    for (const value of [many?.slowdown, many?.newError, many?.vanished])
      expect(value).toBe(Number(value?.toPrecision(3)));
    expect(many?.newError).toBeGreaterThan(0.01);
    expect(many?.newError).toBeLessThan(0.05);
    expect(many?.vanished).toBeGreaterThan(14 / 400);
    expect(many?.vanished).toBeLessThan(0.06);
    expect(few).toMatchObject({ slowdown: null, vanished: null });
    const thresholds = { ...USUAL_THRESHOLDS, newErrorShare: 0.1 };
    expect(
      measureVisible(all, { ...options, thresholds })(all[0] as (typeof all)[0]).newError,
    ).toBeGreaterThan(0.1);
  });
});
