import { expect, it } from 'vitest';
import { RULES, type RuleId } from '../../src/compare/rules.ts';
import { SCHEMA_RULES } from '../../src/compare/schema/rules.ts';

const weightOf = (id: RuleId) => RULES.get(id)?.weight;

it('every rule says in sentences what it means, whom it breaks and what to do', () => {
  for (const [id, { means, why, advice, weight, category }] of RULES) {
    for (const text of [means, why, advice]) expect(text, id).toMatch(/^[A-Z0-9'‘].*\.$/s);
    expect(weight, id).toMatch(/^(?:breaking|warning|info)/);
    expect(category, id).toMatch(/^[a-z-]+$/);
  }
});

it('the weight of a change of fields tells sides apart where they differ', () => {
  expect(weightOf('schema.type-changed')).toBe('breaking');
  expect(weightOf('schema.field-removed')).toBe(
    'breaking; warning where fewer than a third had it',
  );
  expect(weightOf('schema.field-added')).toBe('info in a response, breaking in a request');
  expect(weightOf('header.content-type-changed')).toBe('breaking');
  for (const id of Object.keys(SCHEMA_RULES) as RuleId[])
    expect(RULES.get(id)?.category).toBe('schema-change');
});
