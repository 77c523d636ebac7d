import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeRequirements } from '../../src/compare/budgets.ts';
import { compareProfiles } from '../../src/compare/compare.ts';
import { isMeant, type Requirement } from '../../src/compare/requirement.ts';
import { Profile } from '../../src/profile/profile.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { judge } from '../../src/verdict/verdict.ts';
import { call } from '../support/calls.ts';

/** `count` orders, 101 to 200 ms (any 20 of them spread out), of which one in `failing` fails. */
function orders(count: number, failing = Number.POSITIVE_INFINITY): Profile {
  const profiler = new Profiler();
  for (let i = 0; i < count; i++) {
    const status = (i + 1) % failing === 0 ? '503' : '201';
    const latency = 101 + ((i * 37) % 100);
    const made = { id: `n/${i}`, ts: i * 100, to: 'orders', method: 'POST', path: '/orders' };
    profiler.push({ kind: 'call', call: call({ ...made, status, latency }) });
  }
  return profiler.finish();
}

function judged(
  cand: Profile,
  requirement: Partial<Requirement>,
  base = orders(cand.capture.calls),
) {
  const operation = 'orders POST /orders';
  const comparison = compareProfiles(base, cand, { minSamples: 20 });
  const findings = judgeRequirements(comparison.pairing.pairs, [{ operation, ...requirement }]);
  const { verdict, reasons } = judge(
    { findings, coverage: comparison.coverage },
    base.capture,
    cand.capture,
  );
  return { verdict, reasons, found: findings.map(({ rule, severity }) => [rule, severity]) };
}

describe('what is required', () => {
  test('and kept is no finding', () => {
    const kept = { minCalls: 400, maxP95: 250, maxP99: 250, maxErrorShare: 0.02 };
    expect(judged(orders(400, 100), kept)).toMatchObject({ verdict: 'PASS', found: [] });
  });

  test('but not called enough is INCONCLUSIVE, and says so', () => {
    const { verdict, reasons, found } = judged(orders(400), { minCalls: 401 });
    expect([verdict, found]).toEqual(['INCONCLUSIVE', [['coverage.required-missing', 'warning']]]);
    expect(reasons.join()).toMatch(/orders POST \/orders: .*only 400 times.*401/);
  });

  test('but never seen is INCONCLUSIVE, in the baseline or not', () => {
    const unknown = judged(orders(400), { operation: 'orders POST /refunds' });
    expect(unknown).toMatchObject({ verdict: 'INCONCLUSIVE' });
    const gone = judged(new Profile(), { operation: 'orders *' }, orders(400));
    expect(gone.found).toEqual([['coverage.required-missing', 'warning']]);
  });

  test.each([
    [{ maxP95: 190 }, 'budget.p95-exceeded', 1000],
    [{ maxP99: 190 }, 'budget.p99-exceeded', 1000],
    [{ maxErrorShare: 0.05 }, 'budget.error-share-exceeded', 1000],
  ])('%j is broken with evidence, and doubted with few calls', (budget, rule, count) => {
    expect(judged(orders(count, 10), budget)).toMatchObject({
      verdict: 'FAIL',
      found: [[rule, 'breaking']],
    });
    expect(judged(orders(20, 10), budget).found).toEqual([[rule, 'warning']]);
  });

  test('holds whatever the baseline was', () => {
    expect(judged(orders(400), { maxP95: 150 }, orders(400)).verdict).toBe('FAIL');
  });
});

describe('an operation is meant', () => {
  const means = (operation: string, other: string) => isMeant({ operation }, other);

  test.each([
    ['orders GET /a', 'orders GET /a', true],
    ['orders GET /a', 'orders GET /ab', false],
    ['orders *', 'orders GET /a', true],
    ['*', '', true],
    ['* GET /*/items', 'shop GET /a/items', true],
    ['* GET /*/items', 'shop GET /items', false],
    ['ab*ba', 'aba', false],
    ['a.c', 'abc', false],
  ])('by %j: %j is %s', (pattern, operation, expected) => {
    expect(means(pattern, operation)).toBe(expected);
  });

  test('as a regular expression of the same stars says', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    const plain = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
    fc.assert(
      fc.property(text, plain, (pattern, operation) => {
        const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(operation);
        expect(means(pattern, operation)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});
