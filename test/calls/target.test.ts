import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targetOf } from '../../src/calls/target.ts';
import { call, json } from '../support/calls.ts';

const protocols = [
  'http',
  'grpc',
  'graphql',
  'ws',
  'redis',
  'postgresql',
  'mysql',
  'mongodb',
  'kafka',
  'amqp',
  'dns',
  'ldap',
  'radius',
];

describe('a target', () => {
  test.each(protocols)('of %s is bounded and never throws, whatever was sent', (protocol) => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.json(),
      fc.constantFrom(
        '{',
        '__proto__',
        '/__proto__/constructor',
        '\0',
        '%zz',
        '{"query":',
        '*3\r\n$',
      ),
    );
    fc.assert(
      fc.property(text, text, text, (method, path, body) => {
        const given = {
          to: 'svc',
          protocol,
          method,
          path,
          requestBody: { state: 'whole', text: body },
        };
        const target = targetOf(call(given as Parameters<typeof call>[0]));
        expect(target.workload).toBe('svc');
        expect(target.method).toMatch(/^[A-Z0-9_.-]{0,40}$/);
        expect(target.segments.length).toBeLessThanOrEqual(26);
        for (const segment of target.segments) expect(segment.length).toBeLessThan(600);
      }),
    );
  });

  test.each(protocols)('of %s stays small when what was sent is huge', (protocol) => {
    for (const text of [
      'x'.repeat(1_000_000),
      '/a'.repeat(100_000),
      '{"a":'.repeat(50_000),
      "'".repeat(100_000),
    ]) {
      const target = targetOf(
        call({
          to: 'svc',
          protocol,
          method: 'X',
          path: text,
          requestBody: { state: 'whole', text },
        }),
      );
      expect(JSON.stringify(target).length).toBeLessThan(4000);
    }
  });

  test('does not depend on the calls before it', () => {
    const one = call({ to: 'db', protocol: 'mysql', method: 'SELECT', path: 'SELECT "a" FROM t' });
    const first = targetOf(one);
    targetOf(
      call({ to: 'db', protocol: 'postgresql', method: 'SELECT', path: 'SELECT "a" FROM t' }),
    );
    expect(targetOf(one)).toEqual(first);
  });
});

describe('mutations', () => {
  test.each([
    [{ method: 'GET', path: '/a' }, false],
    [{ method: 'HEAD', path: '/a' }, false],
    [{ method: 'PROPFIND', path: '/a' }, false],
    [{ method: 'POST', path: '/a' }, true],
    [{ method: 'DELETE', path: '/a' }, true],
    [{ protocol: 'grpc', method: 'POST', path: '/shop.Orders/ListOrders' }, false],
    [{ protocol: 'grpc', method: 'POST', path: '/shop.Orders/PlaceOrder' }, true],
    [{ protocol: 'grpc', method: 'POST', path: '/shop.Settings/Settle' }, false],
    [{ protocol: 'redis', method: 'GET', path: 'a' }, false],
    [{ protocol: 'redis', method: 'SET', path: 'a' }, true],
    [{ protocol: 'kafka', method: 'Produce', path: 'orders' }, true],
    [{ protocol: 'kafka', method: 'Fetch', path: 'orders' }, false],
    [{ protocol: 'amqp', method: 'basic publish', path: 'orders' }, true],
    [{ protocol: 'amqp', method: 'basic deliver', path: 'orders' }, false],
    [{ protocol: 'mongodb', method: 'insert', path: 'orders' }, true],
    [{ protocol: 'mongodb', method: 'find', path: 'orders' }, false],
    [
      {
        protocol: 'mongodb',
        method: 'aggregate',
        requestBody: json({ aggregate: 'o', pipeline: [{ $merge: 'x' }] }),
      },
      true,
    ],
    [{ protocol: 'dns', method: 'A', path: 'example.com' }, false],
    [{ protocol: 'ldap', method: 'ModifyRequest', path: 'uid=a,dc=b' }, true],
    [{ protocol: 'ldap', method: 'SearchRequest', path: 'dc=b' }, false],
  ])('%o: %s', (given, mutation) => {
    expect(targetOf(call({ to: 'svc', ...given })).mutation).toBe(mutation);
  });
});
