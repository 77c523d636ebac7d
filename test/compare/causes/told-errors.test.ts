import { expect, it } from 'vitest';
import { nameToldErrorCauses } from '../../../src/compare/causes/told-errors.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { finding } from '../../support/judgements.ts';

const PLACE = 'orders POST /orders';
const error = finding({
  rule: 'error.new-code',
  operation: PLACE,
  path: 'response 200 /error',
  effect: 0.2,
});
const fewer = (candidate: number, given: Partial<Finding> = {}) =>
  finding({
    rule: 'call.count-changed',
    operation: PLACE,
    path: 'db',
    baseline: 1,
    candidate,
    ...given,
  });
const causeOf = (effect: Finding, cause: Finding = error) =>
  nameToldErrorCauses([effect, cause])[0]?.causedBy;

it('calls that as many handled calls make no more as end in an error follow from it', () => {
  const id = `error.new-code ${PLACE} response 200 /error`;
  expect(causeOf(fewer(0.8))).toBe(id);
  expect(causeOf(fewer(0.79, { rule: 'call.missing' }))).toBe(id);
  expect(causeOf(fewer(1.6, { baseline: 2 }))).toBe(id);
  expect(causeOf(fewer(0, { rule: 'call.missing' }), { ...error, effect: 1 })).toBe(id);
});

it.each<[string, Finding, Finding?]>([
  ['that more make no more', fewer(0.7)],
  ['that fewer make no more', fewer(0.9)],
  ['that more are made of', fewer(1.2)],
  ['that hardly more are made of', fewer(1.005), { ...error, effect: 0.01 }],
  ['that another operation makes', fewer(0.8, { operation: 'web GET /' })],
  ['that take longer', fewer(0.8, { rule: 'latency.p95-increased' })],
  ['whose error is a warning', fewer(0.8), { ...error, severity: 'warning' }],
  ['beside another finding', fewer(0.8), { ...error, rule: 'schema.became-optional' }],
])('calls %s do not', (_, effect, cause) => {
  expect(causeOf(effect, cause)).toBeUndefined();
});

it('calls with a cause keep it', () => {
  expect(causeOf(fewer(0.8, { causedBy: 'x' }))).toBe('x');
});
