import { describe, expect, test } from 'vitest';
import { subjectOf } from '../../src/calls/subject.ts';
import { call, json } from '../support/calls.ts';

const of = (given: Parameters<typeof call>[0]) => subjectOf(call(given)).hash;
const by = (authorization: string) => ({
  requestHeaders: new Map([['authorization', authorization]]),
});

describe('what a call is about', () => {
  test.each([
    ['a path', { path: '/orders/17' }, { path: '/orders/18' }],
    ['a query', { path: '/search?q=wool' }, { path: '/search?q=silk' }],
    [
      'an id in a body',
      { requestBody: json({ userId: 'a' }) },
      { requestBody: json({ userId: 'b' }) },
    ],
    [
      'the arguments of a statement',
      { path: 'SELECT 1', requestBody: json({ query: 'SELECT 1', params: ['a'] }) },
      { path: 'SELECT 1', requestBody: json({ query: 'SELECT 1', params: ['b'] }) },
    ],
    [
      'who asks, where all ask for the same',
      { path: '/v2/me', ...by('Bearer a') },
      { path: '/v2/me', ...by('Bearer b') },
    ],
  ])('is told by %s', (_, one, other) => {
    expect(of(one)).toBe(of({ ...one, id: 'another', ts: 5 }));
    expect(of(one)).not.toBe(of(other));
  });

  test('is not who asks where it is told otherwise', () => {
    expect(of({ path: '/orders/17', ...by('Bearer a') })).toBe(
      of({ path: '/orders/17', ...by('Bearer b') }),
    );
  });

  test('is the id, whatever else the body says', () => {
    expect(of({ requestBody: json({ cart_id: 7, note: 'a' }) })).toBe(
      of({ requestBody: json({ cart_id: 7, note: 'b' }) }),
    );
  });

  test('is the same for all that say nothing of it', () => {
    expect(of({ path: '/flags' })).toBe(of({ path: '/flags' }));
  });

  test.each([
    ['a path', { path: '/orders/17' }, false],
    ['a query', { path: '/orders/17?page=2' }, true],
    ['a body without an id', { requestBody: json({ note: 'a' }) }, true],
    ['an id in a body', { requestBody: json({ id: 'a' }) }, false],
    ['who asks', { path: '/me', ...by('Bearer a') }, false],
  ])('by %s is what the request itself says: %#', (_, one, isRequest) => {
    expect(subjectOf(call(one)).isRequest).toBe(isRequest);
  });
});

const idsOf = (given: Parameters<typeof call>[0]) => subjectOf(call(given)).ids;

describe('the ids that a request names', () => {
  test.each<[string, Parameters<typeof call>[0], (string | number)[]]>([
    ['parts of a path', { path: '/v2/users/17/carts/c-9' }, ['17', 17, 'c-9']],
    ['parts of a key', { protocol: 'redis', path: 'GET user:42' }, ['42', 42]],
    ['parameters that are ids by their names', { path: '/carts?page=3&user_id=a1' }, ['a1']],
    ['in a body', { path: '/carts', requestBody: json({ userId: 'ann', n: 5 }) }, ['ann']],
    [
      'all of a body',
      { path: '/c', requestBody: json({ cart_id: 7, items: [{ sku: 'a b' }, { sku: 'c' }] }) },
      ['7', 7, 'a b', 'c'],
    ],
    ['a number of a body', { path: '/c/7', requestBody: json({ id: 5 }) }, ['7', 7, '5', 5]],
    ['no more than four', { path: '/1/2/3/4/5' }, ['1', 1, '2', 2, '3', 3, '4', 4]],
    ['texts that only look like numbers', { path: '/skus/007' }, ['007']],
    ['none', { path: '/users/me?page=3' }, []],
    ['not who asks', { path: '/me', ...by('Bearer a1') }, []],
    ['nothing that is too long', { path: `/files/${'a1'.repeat(90)}` }, []],
  ])('are %s', (_, given, ids) => {
    expect(idsOf(given)).toEqual(ids);
  });
});
