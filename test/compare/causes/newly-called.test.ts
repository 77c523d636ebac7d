import { expect, it } from 'vitest';
import { findingsOf, type Handled } from '../../../scripts/rules-calls.ts';
import { nameNewlyCalledCauses } from '../../../src/compare/causes/newly-called.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { findingId } from '../../../src/compare/finding-id.ts';
import { finding } from '../../support/judgements.ts';

const STOCK = 'inventory GET /stock';
const made = { to: 'inventory', method: 'GET', path: '/stock', status: '500' };

it('errors of an operation that is newly called are told under the call', () => {
  const given =
    (makes: Handled['makes'] = []) =>
    (): Handled => ({ makes });
  const found = findingsOf({
    rule: 'error.new-status',
    baseline: given(),
    candidate: given([made]),
  });
  expect(found.find(({ rule }) => rule === 'error.new-status')).toMatchObject({
    severity: 'info',
    operation: STOCK,
    causedBy: `call.new-destination orders GET /orders/{id} ${STOCK}`,
  });
});

const error = (given: Partial<Finding> = {}) =>
  finding({
    rule: 'error.new-status',
    operation: STOCK,
    samples: { baseline: 0, candidate: 60 },
    ...given,
  });
const call = (rule: Finding['rule'], path = STOCK) =>
  finding({ rule, operation: 'orders POST /orders', path });
const causeOf = (of: Finding, ...others: readonly Finding[]) =>
  nameNewlyCalledCauses([...others, of]).at(-1)?.causedBy;

it.each(['call.new-destination', 'call.extra', 'call.mutation-added'] as const)(
  '%s is such a call',
  (rule) => {
    expect(causeOf(error(), call('call.missing'), call(rule))).toBe(findingId(call(rule)));
  },
);

it.each<[string, Finding, Finding]>([
  [
    'of one that was called before',
    error({ samples: { baseline: 1, candidate: 9 } }),
    call('call.extra'),
  ],
  ['of another operation', error(), call('call.extra', 'inventory GET /prices')],
  ['that are only more', error({ rule: 'error.rate-increased' }), call('call.extra')],
  ['beside a call that is gone', error(), call('call.missing')],
])('errors %s stand by themselves', (_, of, other) => {
  expect(causeOf(of, other)).toBeUndefined();
});

it('a cause that is known stays', () => {
  expect(causeOf(error({ causedBy: 'another' }), call('call.extra'))).toBe('another');
});
