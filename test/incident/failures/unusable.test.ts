import { expect, it } from 'vitest';
import { alteredAnswers } from '../../../src/incident/failures/unusable.ts';
import type { IncidentCase } from '../../../src/incident/incident-case.ts';

/** Operations that answer in another form, where that is what the checks found. */
function altered(rule: string, path: string, baseline: string): number[] {
  const operation = 'cache GET search:{id}';
  const finding = { category: 'schema-change', severity: 'breaking', rule, operation, path };
  const given = {
    names: { operations: [{ operation: 'search GET /search' }, { operation }] },
    comparison: { findings: [{ ...finding, baseline }] },
  };
  return [...alteredAnswers(given as unknown as IncidentCase)];
}

it('answers are of another form where they lack what they always had', () => {
  expect(altered('schema.body-removed', 'response 0', '149/149')).toEqual([1]);
  expect(altered('schema.field-removed', 'response 200 /id', '149/149')).toEqual([1]);
  expect(altered('schema.type-changed', 'response 200 /id', '0/149')).toEqual([1]);
});

it('a cache that only misses answers as it did at times before', () => {
  expect(altered('schema.body-removed', 'response 0', '103/149')).toEqual([]);
  expect(altered('schema.field-removed', 'response 200 /id', '103/149')).toEqual([]);
});

it('what is asked in another form is no answer', () => {
  expect(altered('schema.field-removed', 'request /id', '149/149')).toEqual([]);
});
