import { describe, expect, it } from 'vitest';
import { nameTransactionCauses } from '../../../src/compare/causes/transactions.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { finding } from '../../support/judgements.ts';
import { operationPair } from '../view/make.ts';

const place = 'shop POST /orders';
const [none, write] = [new OperationStats(), 'db INSERT into orders'];
const pairs = ['BEGIN', 'COMMIT', 'INSERT into orders', 'SELECT 1']
  .flatMap((what) => [`db ${what}`, `db2 ${what}`])
  .map((name) => operationPair(name, none, none, 'postgresql'))
  .map((pair) => ({
    ...pair,
    family: { ...pair.family, mutation: pair.family.method !== 'SELECT' },
  }));

const gone = (path: string, given: Partial<Finding> = {}) =>
  finding({ rule: 'call.missing', operation: place, path, effect: -1, ...given });
const slower = (operation: string, given: Partial<Finding> = {}) =>
  finding({ rule: 'latency.p95-increased', operation, path: 'P95', ...given });
const begin = gone('db BEGIN');
const cause = `call.missing ${place} db BEGIN`;

/** What the last of the findings follows from. */
const followed = (...findings: readonly Finding[]) =>
  nameTransactionCauses(findings, { pairs }).at(-1)?.causedBy;

describe('that a transaction is no more', () => {
  it('is why its end is not there any more, and each write of the store takes longer', () => {
    expect(followed(begin, gone('db COMMIT'))).toBe(cause);
    expect(followed(begin, slower(write))).toBe(cause);
    expect(nameTransactionCauses([begin, begin], { pairs })).toEqual([begin, begin]);
  });

  it.each<[string, Finding]>([
    ['an end that is new', gone('db COMMIT', { rule: 'call.extra', effect: 1 })],
    ['one that is fewer times', gone('db COMMIT', { rule: 'call.count-changed' })],
    ['one of another operation', gone('db COMMIT', { operation: 'shop GET /orders' })],
    ['one at another store', gone('db2 COMMIT')],
    ['one that is more often', gone('db COMMIT', { effect: 1 })],
    ['another call that is missing', gone(write)],
    ['a write at another store', slower('db2 INSERT into orders')],
    ['a read', slower('db SELECT 1')],
    ['what nobody knows', slower('db DELETE orders')],
    ['a write that fails', finding({ rule: 'error.new-status', operation: write })],
  ])('is not why there is %s', (_, other) => {
    expect(followed(begin, other)).toBeUndefined();
  });

  it('leaves what follows from something else as it is', () => {
    expect(followed(begin, gone('db COMMIT', { causedBy: 'x' }))).toBe('x');
  });
});

describe('a transaction that is new, or may be there', () => {
  it('explains its end, and no write that takes longer', () => {
    const come = (path: string) => gone(path, { rule: 'call.extra', effect: 1 });
    expect(followed(come('db BEGIN'), come('db COMMIT'))).toBe(`call.extra ${place} db BEGIN`);
    expect(followed(come('db BEGIN'), slower(write))).toBeUndefined();
    expect(followed({ ...begin, severity: 'info' }, slower(write))).toBeUndefined();
  });
});
