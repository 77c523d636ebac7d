import { expect, it } from 'vitest';
import { nameFieldCauses } from '../../../src/compare/causes/fields.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { findingId } from '../../../src/compare/finding-id.ts';
import { finding } from '../../support/judgements.ts';

const GET = 'carts GET /carts';
const value = (rule: 'answer' | 'echo', given: Partial<Finding> = {}) =>
  finding({
    rule: `call.${rule}-mismatched`,
    operation: GET,
    path: 'response total',
    ...given,
  });
const field = (pointer: string, given: Partial<Finding> = {}) =>
  finding({
    rule: 'schema.type-changed',
    operation: GET,
    path: `response 200 ${pointer}`,
    field: { side: 'response', part: 'json', pointer, what: 'is text' },
    ...given,
  });
/** The causes of the findings, `of` first. */
const cause = (of: Finding, ...others: readonly Finding[]) =>
  nameFieldCauses([of, ...others])[0]?.causedBy;

it.each(['/total', '/cart/total', '/total/*', '/carts/*/total'])(
  'what is told of %s is the cause',
  (at) => {
    for (const rule of ['answer', 'echo'] as const) {
      expect(cause(value(rule), field(at))).toBe(findingId(field(at)));
    }
  },
);

it.each<[string, Finding]>([
  ['another field', field('/totals')],
  ['a field in it', field('/total/net')],
  ['one of another operation', field('/total', { operation: 'carts GET /' })],
  ['what is only information', field('/total', { severity: 'info' })],
  [
    'the request',
    field('/total', { field: { side: 'request', part: 'json', pointer: '/total', what: '' } }),
  ],
  ['what is no field', finding({ rule: 'header.removed', operation: GET, path: 'response total' })],
])('%s is not', (_, other) => {
  expect(cause(value('answer'), other)).toBeUndefined();
});

it('an echo follows from an answer of the same, and no answer from an echo', () => {
  const [answer, echo] = [value('answer'), value('echo')];
  expect(cause(echo, answer)).toBe(findingId(answer));
  expect(cause(answer, echo)).toBeUndefined();
  expect(cause(echo, value('answer', { path: 'response id' }))).toBeUndefined();
  expect(cause(echo, value('answer', { operation: 'carts GET /' }))).toBeUndefined();
});

it('nothing else is touched', () => {
  const others = [field('/total'), finding({ rule: 'call.missing', operation: GET })];
  expect(nameFieldCauses([...others, value('answer')]).slice(0, 2)).toEqual(others);
});
