import { describe, expect, test } from 'vitest';
import { compareProfiles } from '../../src/compare/compare.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { parseRecord } from '../../src/sources/record.ts';
import { judge } from '../../src/verdict/verdict.ts';
import { generateRecords, type RecordOptions } from '../support/records.ts';
import type { Regression } from '../support/shop.ts';

const REQUESTS = 900;

function profile(options: RecordOptions) {
  const profiler = new Profiler();
  for (const record of generateRecords({ requests: REQUESTS, ...options })) {
    profiler.push(parseRecord(record));
  }
  return profiler.finish();
}

const baseline = profile({ seed: 1 });

function judgeAgainstBaseline(options: RecordOptions, base = baseline) {
  const cand = profile(options);
  const { capture: before } = base;
  const { capture: after } = cand;
  return judge(compareProfiles(base, cand, { minSamples: 20 }), before, after);
}

describe('the same version', () => {
  test.each([2, 3, 4, 5, 6])(
    'with other pods, ports, ids, order and load is PASS (run %i)',
    (seed) => {
      const { verdict, reasons, findings } = judgeAgainstBaseline({
        seed,
        rollout: seed,
        seenTwice: 0.1,
        every: 30 + 10 * seed,
      });
      expect(findings.filter((f) => f.severity === 'breaking')).toEqual([]);
      expect(verdict, reasons.join('; ')).toBe('PASS');
    },
  );
});

describe('one regression of each category', () => {
  const expected: [Regression, category: string, rule: RegExp, operation: string][] = [
    ['field-removed', 'schema-change', /^schema\.field-removed$/, 'orders GET /api/orders/{id}'],
    ['new-500', 'new-error', /^error\.new-status$/, 'payment POST /charges'],
    ['slower', 'performance', /^latency\.p95-increased$/, 'inventory GET /api/items'],
    ['three-queries', 'behaviour', /^call\.count-changed$/, 'orders GET /api/orders/{id}'],
    ['missing-call', 'missing-call', /^call\.missing$/, 'orders POST /api/orders'],
    ['extra-call', 'extra-call', /^call\./, 'orders POST /api/orders'],
  ];

  test.each(expected)('%s is FAIL with %s', (regression, category, rule, operation) => {
    const { verdict, findings } = judgeAgainstBaseline({
      seed: 7,
      rollout: 1,
      regressions: [regression],
    });
    expect(verdict).toBe('FAIL');
    const found = findings.find((f) => rule.test(f.rule) && f.operation === operation);
    expect(found, JSON.stringify(findings, null, 1)).toMatchObject({
      category,
      severity: 'breaking',
    });
    expect(found?.evidence.length).toBeGreaterThan(0);
    expect(found?.samples.candidate).toBeGreaterThan(20);
  });
});

test('a thin run is INCONCLUSIVE and says what could not be seen', () => {
  const cand = profile({ seed: 2, requests: 24 });
  const { capture } = baseline;
  const { verdict, coverage } = judge(
    compareProfiles(baseline, cand, { minSamples: 20 }),
    capture,
    cand.capture,
  );
  expect(verdict).toBe('INCONCLUSIVE');
  expect(coverage.notChecked.map(({ reason }) => reason).join()).toMatch(
    /\d+ calls; (any P95 change|a P95 change under [\d.]+×) could not be seen/,
  );
});

test('the same two captures give the same bytes twice', () => {
  const options: RecordOptions = { seed: 2, regressions: ['slower'] };
  const run = () => JSON.stringify(judgeAgainstBaseline(options, profile({ seed: 1 })));
  expect(run()).toBe(run());
});
