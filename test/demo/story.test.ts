import { describe, expect, it } from 'vitest';
import { expectations, findingFor } from '../../demo/story/expectations.ts';
import { table } from '../../demo/story/table.ts';
import type { Finding } from '../../src/compare/finding.ts';

const finding = (change: Partial<Finding>): Finding => ({
  rule: 'call.missing',
  category: 'missing-call',
  severity: 'breaking',
  operation: 'orders POST /orders',
  summary: 'audit is no longer called',
  baseline: 1,
  candidate: 0,
  effect: -1,
  interval: null,
  samples: { baseline: 200, candidate: 200 },
  evidence: [],
  ...change,
});

describe('what version 2 must be blamed for', () => {
  it('is one of each category', () => {
    expect(new Set(expectations.map(({ category }) => category)).size).toBe(6);
  });

  it('is met by a breaking finding of the category at the operation', () => {
    const [missing] = expectations.filter(({ category }) => category === 'missing-call');
    if (!missing) throw new Error('no such expectation');
    const fitting = finding({});
    expect(findingFor(missing, [finding({ severity: 'info' }), fitting])).toBe(fitting);
    expect(findingFor(missing, [finding({ severity: 'warning' })])).toBeUndefined();
    expect(findingFor(missing, [finding({ operation: 'orders POST /carts' })])).toBeUndefined();
    expect(findingFor(missing, [finding({ category: 'behaviour' })])).toBeUndefined();
  });
});

describe('table', () => {
  it('lines up its columns', () => {
    expect(
      table([
        ['a', 'b'],
        ['long', ''],
        ['x', 'y'],
      ]),
    ).toBe('  a     b\n  long\n  x     y');
  });
});
