import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../src/compare/compare.ts';
import type { Finding, Severity } from '../../src/compare/finding.ts';
import { CaptureStats } from '../../src/profile/capture-stats.ts';
import { judge } from '../../src/verdict/verdict.ts';

function healthy(): CaptureStats {
  const stats = new CaptureStats();
  stats.calls = 100;
  stats.bodies.whole = 100;
  return stats;
}

function finding(severity: Severity): Finding {
  return {
    rule: 'error.new-status',
    category: 'new-error',
    severity,
    operation: 'orders GET /api/orders/{id}',
    summary: 'Status 500 in 9 of 90 calls.',
    baseline: 0,
    candidate: 9,
    effect: 0.1,
    interval: null,
    samples: { baseline: 90, candidate: 90 },
    evidence: [],
  };
}

function comparison(
  comparedShare: number,
  ...findings: Finding[]
): Pick<Comparison, 'findings' | 'coverage'> {
  return {
    findings,
    coverage: {
      comparedShare,
      operations: { baseline: 1, candidate: 1, compared: 1 },
      notCovered: [],
      added: [],
      notChecked: [],
      compared: [],
      unreadBodies: { baseline: 0, candidate: 0 },
    },
  };
}

describe('verdict', () => {
  test('PASS needs health, coverage and no breaking finding', () => {
    const { verdict, reasons } = judge(comparison(0.95, finding('warning')), healthy(), healthy());
    expect(verdict).toBe('PASS');
    expect(reasons[0]).toContain('95 %');
  });

  test('a breaking finding is FAIL, whatever the health', () => {
    const { verdict, reasons } = judge(
      comparison(0.1, finding('breaking')),
      healthy(),
      new CaptureStats(),
    );
    expect(verdict).toBe('FAIL');
    expect(reasons[0]).toContain('orders GET /api/orders/{id}');
    expect(reasons.join()).toContain('no calls');
  });

  test('an undecided warning is INCONCLUSIVE with its reason, and nothing once it is explained', () => {
    const open = { ...finding('warning'), undecided: 'too few calls tell' };
    const { verdict, reasons } = judge(comparison(1, open), healthy(), healthy());
    expect(verdict).toBe('INCONCLUSIVE');
    expect(reasons[0]).toContain('too few calls tell: Status 500 in 9 of 90 calls.');
    const explained = comparison(1, { ...open, severity: 'info' });
    expect(judge(explained, healthy(), healthy()).verdict).toBe('PASS');
  });

  test('thin coverage is INCONCLUSIVE and rounds down', () => {
    const { verdict, reasons } = judge(comparison(0.8999), healthy(), healthy());
    expect(verdict).toBe('INCONCLUSIVE');
    expect(reasons[0]).toContain('only 89 %');
  });

  test.each([
    ['no calls', (s: CaptureStats) => Object.assign(s, { calls: 0 })],
    ['could not be read', (s: CaptureStats) => Object.assign(s, { badRecords: 5 })],
    [
      'lost 3 pages',
      (s: CaptureStats) => s.addProblem({ code: 'incomplete', message: 'lost 3 pages' }),
    ],
  ])('a capture with %s is INCONCLUSIVE on either side', (words, spoil) => {
    const spoilt = healthy();
    spoil(spoilt);
    for (const sides of [
      [spoilt, healthy()],
      [healthy(), spoilt],
    ] as const) {
      const { verdict, reasons } = judge(comparison(1), ...sides);
      expect(verdict).toBe('INCONCLUSIVE');
      expect(reasons.join()).toContain(words);
    }
  });

  test('one bad line in a thousand does not spoil a capture', () => {
    const stats = healthy();
    stats.calls = 1000;
    stats.badRecords = 1;
    expect(judge(comparison(1), stats, healthy()).verdict).toBe('PASS');
  });

  test.each([
    ['more than a tenth of the bodies unread', 0.101, 'INCONCLUSIVE'],
    ['a tenth', 0.1, 'PASS'],
  ])('%s (%s) is %s', (_, share, expected) => {
    const given = comparison(1);
    const unread = { baseline: 0, candidate: share };
    const judged = { ...given, coverage: { ...given.coverage, unreadBodies: unread } };
    const { verdict, capture } = judge(judged, healthy(), healthy());
    expect(verdict).toBe(expected);
    expect(capture.candidate.problems.map(({ code }) => code)).toEqual(
      expected === 'PASS' ? [] : ['bodies-unknown'],
    );
  });
});
