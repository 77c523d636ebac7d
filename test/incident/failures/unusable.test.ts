import { expect, it } from 'vitest';
import { alteredAnswers } from '../../../src/incident/failures/unusable.ts';
import type { IncidentCase } from '../../../src/incident/incident-case.ts';

/** Operations that answer in another form, where the checks found that so many (0…1) had what is gone. */
function altered(rule: string, path: string, had: number): number[] {
  const operation = 'cache GET search:{id}';
  const finding = { category: 'schema-change', severity: 'breaking', rule, operation, path };
  const given = {
    names: { operations: [{ operation: 'search GET /search' }, { operation }] },
    comparison: { findings: [{ ...finding, effect: -had }] },
  };
  return [...alteredAnswers(given as unknown as IncidentCase)];
}

it('answers are of another form where they lack what they always had', () => {
  expect(altered('schema.body-removed', 'response 0', 1)).toEqual([1]);
  expect(altered('schema.field-removed', 'response 200 /id', 1)).toEqual([1]);
  expect(altered('schema.type-changed', 'response 200 /id', -1)).toEqual([1]);
});

it('a cache that only misses answers as it did at times before', () => {
  expect(altered('schema.body-removed', 'response 0', 0.7)).toEqual([]);
  expect(altered('schema.field-removed', 'response 200 /id', 0.7)).toEqual([]);
});

it('what is asked in another form is no answer', () => {
  expect(altered('schema.field-removed', 'request /id', 1)).toEqual([]);
});
