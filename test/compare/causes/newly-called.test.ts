import { expect, it } from 'vitest';
import { findingsOf, type Handled } from '../../../scripts/rules-calls.ts';

const stock = { to: 'inventory', method: 'GET', path: '/stock' };
const told = (before: Handled, after: Handled) =>
  findingsOf({ rule: 'error.new-status', baseline: () => before, candidate: () => after })
    .filter(({ rule, severity }) => rule === 'error.new-status' || severity !== 'info')
    .map(({ rule, severity, operation, causedBy }) => [severity, rule, operation, causedBy])
    .sort();
const NEWS = 'call.new-destination orders GET /orders/{id} inventory GET /stock';

it('errors of an operation that is newly called are told under the call', () => {
  expect(told({}, { makes: [{ ...stock, status: '500' }] })).toEqual([
    ['breaking', 'call.new-destination', 'orders GET /orders/{id}', undefined],
    ['info', 'error.new-status', 'inventory GET /stock', NEWS],
  ]);
});

it('those of one that was called before stand by themselves', () => {
  expect(told({ makes: [stock] }, { makes: [{ ...stock, status: '500' }] })).toEqual([
    ['breaking', 'error.new-status', 'inventory GET /stock', undefined],
  ]);
});

it('so do those that another one calls newly', () => {
  const other = { ...stock, path: '/prices' };
  expect(told({ makes: [stock] }, { makes: [{ ...stock, status: '500' }, other] })).toEqual([
    ['breaking', 'call.extra', 'orders GET /orders/{id}', undefined],
    ['breaking', 'error.new-status', 'inventory GET /stock', undefined],
  ]);
});
