import { expect, test } from 'vitest';
import { targetOf } from '../../../src/calls/target.ts';
import { call } from '../../support/calls.ts';

const redis = (method: string, path: string, text?: string) =>
  targetOf(
    call({
      to: 'cache',
      protocol: 'redis',
      method,
      path,
      requestBody: text === undefined ? { state: 'absent' } : { state: 'whole', text },
    }),
  );

test.each([
  ['GET', 'cart:17', undefined, ['cart', '{int}']],
  ['get', 'session:3f2a1b9c4d5e6f70', undefined, ['session', '{hex}']],
  ['SET', '', '["SET","user:17:name","secret"]', ['user', '{int}', 'name']],
  ['', '', '*2\r\n$3\r\nGET\r\n$7\r\nuser:17\r\n', ['user', '{int}']],
  ['SETEX', 'SETEX lock:17 30 x', undefined, ['lock', '{int}']],
  ['MGET', 'a:1 a:2 a:3', undefined, ['a', '{int}']],
  ['GET', '{user:17}.cart', undefined, ['user', '{int}', 'cart']],
  ['GET', 'users/17', undefined, ['users', '{int}']],
  ['EVALSHA', '', '["EVALSHA","da39a3","1","stock:17","2"]', ['stock', '{int}']],
  ['XREADGROUP', '', '["XREADGROUP","GROUP","g","c","STREAMS","orders",">"]', ['orders']],
  ['AUTH', 'hunter2', '["AUTH","hunter2"]', []],
  ['HELLO', '', '["HELLO","3","AUTH","u","hunter2"]', []],
  ['CONFIG', '', '["CONFIG","GET","maxmemory"]', ['=GET']],
  ['MULTI', '', undefined, []],
])('%s %s %s', (method, path, text, segments) => {
  expect(redis(method, path, text).segments).toEqual(segments);
});

test('keys of different style are families of their own', () => {
  expect(redis('GET', 'a:1').separator).toBe(':');
  expect(redis('GET', 'a/1').separator).toBe('/');
  expect(redis('GET', 'a.b').separator).toBe('.');
});
