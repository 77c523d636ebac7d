import { describe, expect, it } from 'vitest';
import { isLookup, isNameOf, lookupOf } from '../../../src/compare/calls/lookup.ts';

describe('a lookup', () => {
  it('is a question to a resolver', () => {
    expect(['dns', 'http', 'postgresql'].map((protocol) => isLookup({ protocol }))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each([
    ['kube-dns A stock.shop.svc', { kind: 'A', name: 'stock.shop.svc' }],
    ['kube-dns AAAA stock', { kind: 'AAAA', name: 'stock' }],
    ['kube-dns SRV stock', undefined],
    ['kube-dns A stock shop', undefined],
    ['orders GET /a', undefined],
  ])('of an address is told by what it asks: %s', (target, expected) => {
    expect(lookupOf(target)).toEqual(expected);
  });

  it.each([
    ['stock', true],
    ['stock.shop', true],
    ['stock.shop.svc', true],
    ['stock.shop.svc.cluster.local', true],
    ['stock.ec2.internal', true],
    ['stocks', false],
    ['my-stock', false],
    ['stock.example.com', false],
  ])('asks for a workload by its name and what a resolver puts behind it: %s', (name, expected) => {
    expect(isNameOf(name, 'stock')).toBe(expected);
  });
});
