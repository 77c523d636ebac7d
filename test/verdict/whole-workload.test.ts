import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/compare/finding.ts';
import { findingId } from '../../src/compare/finding-id.ts';
import { foldWholeWorkloads } from '../../src/verdict/whole-workload.ts';
import { finding } from '../support/judgements.ts';

const OPERATIONS = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `orders GET /${name}`);

/** So many calls of an operation of orders take so long now, which were done in 10 ms. */
function slow(index: number, p95: number, over: Partial<Finding> = {}): Finding {
  return finding({
    rule: 'latency.p95-increased',
    category: 'performance',
    operation: OPERATIONS[index] as string,
    path: 'P95',
    summary: 'P95 rose.',
    baseline: 10,
    candidate: p95,
    samples: { baseline: 100, candidate: 100 },
    ...over,
  });
}

function failing(index: number, calls: number, status = '503'): Finding {
  const operation = OPERATIONS[index] as string;
  return finding({
    rule: 'error.new-status',
    operation,
    path: `status ${status}`,
    candidate: calls,
    effect: calls / 100,
    samples: { baseline: 100, candidate: 100 },
  });
}

/** What counts, and under what the rest is told. */
function folded(findings: readonly Finding[], judged = OPERATIONS): string[] {
  const compared = judged.map((operation) => ({
    operation,
    baseline: 100,
    candidate: 100,
    visible: {} as never,
  }));
  return foldWholeWorkloads(findings, { compared }).map(
    ({ severity, operation, causedBy }) =>
      `${severity} ${operation}${causedBy === undefined ? '' : ` < ${causedBy}`}`,
  );
}

describe('a workload that got slower', () => {
  it('is one finding: where most time is lost', () => {
    const lead = 'latency.p95-increased orders GET /b P95';
    expect(folded([slow(0, 20), slow(1, 40), slow(2, 30)])).toEqual([
      'breaking orders GET /b',
      `info orders GET /a < ${lead}`,
      `info orders GET /c < ${lead}`,
    ]);
    expect(folded([slow(0, 20), slow(1, 20), slow(2, 20)])[0]).toBe('breaking orders GET /a');
    const long = slow(2, 120, { baseline: 100 });
    expect(folded([slow(0, 20), slow(1, 40), long])[0]).toBe('breaking orders GET /b');
    const seldom = slow(1, 40, { samples: { baseline: 9, candidate: 9 } });
    expect(folded([slow(0, 20), seldom, slow(2, 30)])[0]).toBe('breaking orders GET /c');
  });

  it('says of how many others it speaks', () => {
    const [first] = foldWholeWorkloads([slow(0, 40), slow(1, 20), slow(2, 20)], { compared: [] });
    expect(first?.summary).toBe('P95 rose. So it is in 2 other operations of orders.');
  });

  it('is told one by one where fewer than three are slower, or less than half', () => {
    expect(folded([slow(0, 20), slow(1, 40)], OPERATIONS.slice(0, 2)).join()).not.toContain('<');
    const more = [...OPERATIONS, 'orders GET /g'];
    expect(folded([slow(0, 20), slow(1, 40), slow(2, 30)], more).join()).not.toContain('<');
    const others = ['x', 'y', 'z'].map((name) => `users GET /${name}`);
    expect(
      folded([slow(0, 20), slow(1, 40), slow(2, 30)], [...OPERATIONS, ...others]).join(),
    ).toContain('<');
  });

  it('is no other workload, no other weight, and nothing that is accepted or follows from another', () => {
    const users = slow(2, 30, { operation: 'users GET /c' });
    expect(folded([slow(0, 20), slow(1, 40), users]).join()).not.toContain('<');
    const warned = slow(2, 30, { severity: 'warning' });
    expect(folded([slow(0, 20), slow(1, 40), warned]).join()).not.toContain('<');
    const accepted = slow(2, 90, { accepted: { reason: 'meant', expires: '2030-01-01' } });
    expect(folded([slow(0, 20), slow(1, 40), accepted]).join()).not.toContain('<');
    expect(folded([slow(0, 20), slow(1, 40), slow(3, 15), accepted]).slice(0, 2)).toEqual([
      'breaking orders GET /b',
      'breaking orders GET /c',
    ]);
    const told = [0, 1, 2].map((index) => slow(index, 20, { severity: 'info' }));
    expect(folded(told).join()).not.toContain('<');
    const effect = slow(2, 30, { severity: 'info', causedBy: 'x' });
    expect(folded([slow(0, 20), slow(1, 40), effect])).toContain('info orders GET /c < x');
  });

  it('takes along what follows from those that follow', () => {
    const caller = slow(0, 25, {
      operation: 'web GET /',
      severity: 'info',
      causedBy: findingId(slow(0, 20)),
    });
    expect(folded([caller, slow(0, 20), slow(1, 40), slow(2, 30)])).toContain(
      'info web GET / < latency.p95-increased orders GET /b P95',
    );
  });
});

describe('a workload that fails', () => {
  it('in the same way is one finding: where most calls fail', () => {
    const lead = 'error.new-status orders GET /c status 503';
    expect(folded([failing(0, 20), failing(1, 30), failing(2, 40)])).toEqual([
      'breaking orders GET /c',
      `info orders GET /a < ${lead}`,
      `info orders GET /b < ${lead}`,
    ]);
  });

  it('by what its bodies say, of which each side is a share, is the same', () => {
    const of = (index: number, share: number) =>
      finding({
        rule: 'error.rate-increased',
        operation: OPERATIONS[index] as string,
        path: 'response 200 /errors',
        candidate: `${100 * share}/100`,
        effect: share,
        samples: { baseline: 100, candidate: 100 },
      });
    expect(folded([of(0, 0.2), of(1, 0.4), of(2, 0.3)])[0]).toBe('breaking orders GET /b');
  });

  it('in several ways is told one by one', () => {
    expect(folded([failing(0, 20), failing(1, 30), failing(2, 40, '500')]).join()).not.toContain(
      '<',
    );
  });
});

describe('a header that several operations of a workload lost', () => {
  const lost = (index: number, status: number, over: Partial<Finding> = {}) =>
    finding({
      rule: 'header.removed',
      operation: OPERATIONS[index] as string,
      path: `response ${status} header etag`,
      effect: -1,
      samples: { baseline: 100, candidate: 100 + index },
      ...over,
    });

  it('is one finding, in whatever statuses, and however many others kept it', () => {
    const many = [...OPERATIONS, ...OPERATIONS.map((operation) => `${operation}/more`)];
    const lead = 'header.removed orders GET /c response 200 header etag';
    expect(folded([lost(0, 200), lost(1, 201), lost(2, 200)], many)).toEqual([
      'breaking orders GET /c',
      `info orders GET /a < ${lead}`,
      `info orders GET /b < ${lead}`,
    ]);
  });

  it('counts an operation once, in however many statuses it lost it', () => {
    const findings = [lost(0, 200), lost(0, 404), lost(1, 200), lost(1, 404), lost(2, 200)];
    const [first] = foldWholeWorkloads(findings, { compared: [] });
    expect(first?.summary).toMatch(/So it is in 2 other operations of orders\.$/);
  });

  it('is told one by one where it is another header, side or kind of change', () => {
    const others = [
      lost(2, 200, { path: 'response 200 header vary' }),
      lost(2, 200, { path: 'request header etag' }),
      lost(2, 200, { rule: 'header.changed' }),
      lost(2, 200, { accepted: { reason: 'meant', expires: '2026-12-31' } as never }),
    ];
    const fields = [0, 1, 2].map((index) => lost(index, 200, { rule: 'schema.field-removed' }));
    expect(folded(fields).join()).not.toContain('<');
    for (const other of others)
      expect(folded([lost(0, 200), lost(1, 200), other]).join()).not.toContain('<');
  });
});
