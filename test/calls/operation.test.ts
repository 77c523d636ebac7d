import { expect, test } from 'vitest';
import { formatOperation } from '../../src/calls/operation.ts';
import { targetOf } from '../../src/calls/target.ts';
import { call } from '../support/calls.ts';

const plain = (given: Parameters<typeof call>[0]): string => {
  const target = targetOf(call(given));
  return formatOperation(target, target.segments);
};

test.each([
  [{ to: 'orders', path: '/api/orders/17' }, 'orders GET /api/orders/{id}'],
  [{ to: 'orders', path: '/' }, 'orders GET /'],
  [{ to: 'orders', path: '/items/acct_19tLK7DS.json' }, 'orders GET /items/{id}.json'],
  [{ to: 'odata', path: '/Users(5)/Name' }, 'odata GET /Users({id})/Name'],
  [
    { to: 'cache', protocol: 'redis', method: 'GET', path: 'cart:17:items' },
    'cache GET cart:{id}:items',
  ],
  [{ to: 'cache', protocol: 'redis', method: 'PING', path: '' }, 'cache PING'],
  [
    { to: 'profile', protocol: 'grpc', method: 'POST', path: '/profile.Profile/GetProfiles' },
    'profile POST /profile.Profile/GetProfiles',
  ],
  [
    {
      to: 'db',
      protocol: 'postgresql',
      method: 'SELECT',
      path: 'SELECT  id FROM orders\nWHERE id = 5',
    },
    'db SELECT id from orders where id = ?',
  ],
  [{ to: 'db', protocol: 'postgresql', method: 'BEGIN', path: 'BEGIN' }, 'db BEGIN'],
])('%o is %s', (given, text) => expect(plain(given)).toBe(text));

test('a statement that was absorbed tells its table', () => {
  const family = {
    workload: 'db',
    protocol: 'postgresql',
    method: 'SELECT',
    separator: '',
  } as const;
  expect(formatOperation(family, ['=orders', '{name}'])).toBe('db SELECT orders {id}');
});

test('is one bounded line', () => {
  const path = `SELECT ${'column, '.repeat(2000)} x FROM t`;
  const text = plain({ to: 'db', protocol: 'postgresql', method: 'SELECT', path });
  expect(text.length).toBeLessThan(650);
  expect(text).not.toMatch(/\n/);
});
