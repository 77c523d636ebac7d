import { describe, expect, it } from 'vitest';
import { bodyError } from '../../../src/compare/schema/body-errors.ts';
import type { Change } from '../../../src/compare/schema/report.ts';
import { observed } from '../../profile/schema/make.ts';

describe('what a change in a response means of errors', () => {
  const change = (given: Partial<Change>): Change => ({
    rule: 'schema.field-added',
    pointer: '/errors',
    what: 'is new',
    base: { some: 0, all: 50 },
    cand: { some: 50, all: 50 },
    weight: 'decided',
    atMost: 'info',
    baseExamples: [],
    candExamples: [],
    ...given,
  });
  const filled = observed([
    {
      errors: ['a'],
      error: 'x',
      exception: { code: 1 },
      fault: { 123456: 1 },
      Errors: 'a',
      errorful: 'a',
    },
    { errors: [], error: '', exception: null, fault: null, Errors: null, errorful: 'a' },
  ]);
  const meant = (given: Partial<Change>, cand = filled) => bodyError(change(given), cand);

  it.each(['/errors', '/error', '/exception', '/fault', '/Errors'])(
    'tells of one at %s',
    (pointer) => {
      const told = meant({ pointer });
      expect(told).toMatchObject({
        rule: 'error.new-code',
        what: 'tells of an error',
        cand: { some: 1, all: 50 },
      });
      expect(told).not.toHaveProperty('atMost');
    },
  );

  it('tells of none elsewhere, of what was there, of another change, or of nothing said', () => {
    expect(meant({ pointer: '/errorful' })).toBeUndefined();
    expect(meant({ pointer: '/a/errors' })).toBeUndefined();
    expect(meant({ pointer: '/errors/*/code' })).toBeUndefined();
    expect(meant({ pointer: '/gone' })).toBeUndefined();
    expect(meant({ base: { some: 1, all: 50 } })).toBeUndefined();
    expect(meant({ rule: 'schema.field-removed' })).toBeUndefined();
    expect(meant({}, observed([{ errors: [] }, { errors: null }]))).toBeUndefined();
    expect(meant({ pointer: '/fault' }, observed([{ fault: {} }]))).toBeUndefined();
    expect(meant({ rule: 'schema.type-changed' })?.rule).toBe('error.new-code');
  });

  it('tells of a code never seen, however deep, as it was', () => {
    const given = { rule: 'schema.enum-value-added', pointer: '/errors/*/code' } as const;
    expect(meant(given)).toEqual({ ...change(given), rule: 'error.new-code' });
    expect(meant({ ...given, pointer: '/items/*/code' })).toBeUndefined();
  });

  it('counts no more errors than there are values', () => {
    const many = observed(Array.from({ length: 9 }, () => ({ errors: ['a'] })));
    expect(meant({ cand: { some: 3, all: 5 } }, many)?.cand).toEqual({ some: 5, all: 5 });
  });
});
