import { expect, test } from 'vitest';
import { targetOf } from '../../../src/calls/target.ts';
import { call, json } from '../../support/calls.ts';

test.each([
  [{ protocol: 'kafka', method: 'Produce', path: 'orders[3]' }, 'PRODUCE', ['=orders']],
  [
    { protocol: 'kafka', method: 'Fetch', requestBody: json({ topic: 'a.b' }), path: '' },
    'FETCH',
    ['=a.b'],
  ],
  [
    { protocol: 'kafka', method: 'Produce', path: 'reply.f81d4fae-7dec-11d0-a765-00a0c91e6bf6' },
    'PRODUCE',
    ['=reply.{id}'],
  ],
  [
    { protocol: 'amqp', method: 'basic publish', path: 'orders/created' },
    'BASIC.PUBLISH',
    ['=orders/created'],
  ],
  [
    { protocol: 'amqp', method: 'queue declare', path: 'amq.gen-JzTY20BRgKO-HjmUJj0wLg' },
    'QUEUE.DECLARE',
    ['=amq.gen-{id}'],
  ],
  [
    {
      protocol: 'amqp',
      method: 'basic publish',
      path: '',
      requestBody: json({ exchange: 'e', routingKey: 'k' }),
    },
    'BASIC.PUBLISH',
    ['=e/k'],
  ],
  [{ protocol: 'dns', method: 'A', path: 'Orders.Shop.svc.' }, 'A', ['=orders.shop.svc']],
  [
    { protocol: 'dns', method: 'PTR', path: '7.0.0.10.in-addr.arpa' },
    'PTR',
    ['={id}.in-addr.arpa'],
  ],
  [{ protocol: 'mongodb', method: 'find', path: 'shop.orders' }, 'FIND', ['=shop.orders']],
  [{ protocol: 'mongodb', method: 'find', path: 'find orders {"id":7}' }, 'FIND', ['=orders']],
  [{ protocol: 'mongodb', method: 'find', path: 'orders({"id": 7})' }, 'FIND', ['=orders']],
  [
    { protocol: 'mongodb', method: 'insert', path: '', requestBody: json({ insert: 'orders' }) },
    'INSERT',
    ['=orders'],
  ],
  [
    { protocol: 'ldap', method: 'SearchRequest', path: 'uid=alice,ou=People,dc=example,dc=org' },
    'SEARCHREQUEST',
    ['=uid={id},ou=people,dc=example,dc=org'],
  ],
  [{ protocol: 'thrift', method: 'call', path: 'Orders.get' }, 'CALL', ['Orders', 'get']],
  [{ protocol: 'coap', method: 'GET', path: '/sensors/17' }, 'GET', ['sensors', '{int}']],
])('%o', (given, method, segments) => {
  expect(targetOf(call({ to: 'svc', ...given }))).toMatchObject({ method, segments });
});
