import { describe, expect, it } from 'vitest';
import { hintsFor, hintTree, isHint } from '../../src/profile/templates-hints.ts';
import { isCollection, isSelector, isVocabulary } from '../../src/profile/templates-words.ts';

describe('a word', () => {
  it.each([
    // Plurals that do not stand in the list themselves.
    'accounts',
    'countries',
    'addresses',
    'branches',
    'hashes',
    'indexes',
    // What verbs become.
    'ordering',
    'created',
    'updated',
    'searching',
    'storing',
    'builder',
    'closed',
    'sorting',
    'confirming',
    // Made of several.
    'findByStatus',
    'bulk-delete',
    'user_settings',
    'order.items',
    'OrderItems',
    'userID',
  ])('%s is known from web APIs', (word) => {
    expect(isVocabulary(word)).toBe(true);
  });

  it.each([
    'itemss',
    'using',
    'paging',
    'xylophones',
    'order-xylophone',
    'xylophone_orders',
    'ORDERS',
    'DB_HOST',
    'orders!',
    '-orders',
    '1orders',
    'a b',
    '',
    'order'.repeat(13),
    'ordersitems',
    'gories',
  ])('%s is not', (word) => {
    expect(isVocabulary(word)).toBe(false);
  });

  it.each(['A', 'Id', 'ID2', 'orders', 'Orders'])(
    '%s is known in any case but as a code',
    (word) => {
      expect(isVocabulary(word)).toBe(['Id', 'orders', 'Orders'].includes(word));
    },
  );

  it.each([
    ['search', true],
    ['me', true],
    ['v1', true],
    ['v2beta', true],
    ['_bulk', true],
    ['$metadata', true],
    ['.well-known', true],
    ['-', true],
    ['findByStatus', true],
    ['by-email', true],
    ['bulk_delete', true],
    ['version', true],
    ['orders', false],
    ['order-find', false],
    ['find-xylophone', false],
    ['findx', false],
    ['vip', false],
    ['xv1', false],
  ])('%s selects or acts: %s', (word, selects) => {
    expect(isSelector(word)).toBe(selects);
  });

  it.each([
    ['tags', true],
    ['orders', true],
    ['ORDERS', true],
    ['order-items', true],
    ['orders.archive', false],
    ['lists', true],
    ['newspapers', true],
    ['user_roles', true],
    ['people', true],
    ['children', true],
    ['media', true],
    ['metadata', true],
    ['ads', false],
    ['menus', false],
    ['access', false],
    ['analysis', false],
    ['news', false],
    ['datas-store', false],
    ['peoples-choice', false],
    ['mediator', false],
  ])('%s names a collection: %s', (word, names) => {
    expect(isCollection(word)).toBe(names);
  });
});

describe('a hint', () => {
  const of = (hints: readonly string[], ...path: string[]) => hintTree(hints).of(path);

  it('matches a path whole, words before parameters, and steps back', () => {
    const hints = ['/users/{name}', '/users/root/{key}', '/{a}/root'];
    expect(of(hints, 'users', 'root')).toEqual(['users', '{id}']);
    expect(of(hints, 'users', 'root', 'x')).toEqual(['users', 'root', '{id}']);
    expect(of(hints, 'shops', 'root')).toEqual(['{id}', 'root']);
    expect(of(hints, 'users')).toBeUndefined();
    expect(of(hints, 'users', 'x', 'y')).toBeUndefined();
    expect(of([], 'users')).toBeUndefined();
    expect(of([])).toBeUndefined();
    expect(of(['/'])).toEqual([]);
  });

  it('may name the method, and have spaces around it', () => {
    expect(of(['  GET   /users/{name} '], 'users', 'x')).toEqual(['users', '{id}']);
    expect(of(['Get /users/{name}'], 'users', 'x')).toBeUndefined();
    expect(of(['/GET /x'], 'x')).toBeUndefined();
  });

  it('is cut at the separators of stores where it has no slash', () => {
    expect(of(['cart:{user}'], 'cart', 'x')).toEqual(['cart', '{id}']);
    expect(of(['shop.cart.{user}'], 'shop', 'cart', 'x')).toEqual(['shop', 'cart', '{id}']);
    expect(of(['/a.b/{c}'], 'a.b', 'x')).toEqual(['a.b', '{id}']);
  });

  it('is one of ten thousand at most', () => {
    const hints = [...Array(9_999).fill('/a'), '/last', '/late'];
    expect(of(hints, 'last')).toEqual(['last']);
    expect(of(hints, 'late')).toBeUndefined();
  });

  it.each([
    ['/users/{name}', true],
    [' /users/{name} ', true],
    ['orders GET /v1/{tenant}', true],
    ['orders /v1', true],
    ['GET /v1', true],
    ['cart:{user}', true],
    ['{user}', true],
    ['a.b', true],
    ['users', false],
    ['orders GET users', false],
    ['a b c /d', false],
    ['orders get /v1', false],
    ['/a {b}', false],
    ['', false],
    [' ', false],
  ])('%j has the form of one: %s', (hint, is) => {
    expect(isHint(hint)).toBe(is);
  });

  it('is of the workload it names', () => {
    expect(hintsFor('orders', ['  orders GET /a/{b}  ', 'users /c', '/d', 'a b c'])).toEqual([
      '/a/{b}',
      '/d',
    ]);
  });
});
