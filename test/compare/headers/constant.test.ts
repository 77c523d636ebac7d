import { describe, expect, it } from 'vitest';
import { compareMessagesOf } from '../../../src/compare/messages.ts';
import type { OperationPair } from '../../../src/compare/pairs.ts';
import { HeaderProfile } from '../../../src/profile/message-headers.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { callRef } from '../../../src/profile/schema/call-ref.ts';
import { call, json } from '../../support/calls.ts';
import { operationPair } from '../view/make.ts';

type Value = (i: number) => string;

const user: Value = (i) => `Bearer user-${i % 20}`;
const service: Value = () => 'Bearer service';

/** Requests about so many things, in turn. */
function asked(name: string, value: Value, things = 60): OperationStats {
  const stats = new OperationStats();
  for (let i = 0; i < 60; i++) {
    const requestHeaders = new Map([[name, value(i)]]);
    const requestBody = json({ id: 7 + (i % things) });
    stats.observe(call({ id: `n/${i}`, to: 'orders', requestHeaders, requestBody }), i);
  }
  return stats;
}

const pairOf = (name: string, before: Value, after: Value, at = 'orders GET /a') =>
  operationPair(at, asked(name, before), asked(name, after));

const told = (...pairs: readonly OperationPair[]) =>
  compareMessagesOf(pairs, { minSamples: 20 }).findings.map(
    ({ severity, rule, operation, summary }) => `${severity} ${rule} ${operation}: ${summary}`,
  );

const CONSTANT = 'of request said many different things and is always the same now (60/60 → 0/60).';

describe('a header that told callers or requests apart', () => {
  const entry = pairOf('authorization', user, user, 'gateway GET /a');

  it('and says the same in all requests of an operation is told, where callers still differ', () => {
    expect(told(entry, pairOf('authorization', user, service))).toEqual([
      `warning header.changed orders GET /a: Header authorization ${CONSTANT}`,
    ]);
    expect(told(pairOf('authorization', user, service))).toEqual([]);
    expect(told(entry, pairOf('x-tenant-id', user, service))).toEqual([]);
  });

  it('breaks where it is the key of each request, whoever asks', () => {
    const key: Value = (i) => `key-${i}`;
    expect(told(pairOf('idempotency-key', key, () => 'key-1'))).toEqual([
      `breaking header.changed orders GET /a: Header idempotency-key ${CONSTANT}`,
    ]);
    expect(told(pairOf('idempotency-key', key, (i) => `other-${i}`))).toEqual([]);
    const [before, retried] = [
      asked('idempotency-key', key),
      asked('idempotency-key', () => 'k', 1),
    ];
    expect(told(operationPair('orders POST /a', before, retried))).toEqual([]);
  });

  it.each<[string, Value, Value]>([
    ['had few values', (i) => `Bearer user-${i % 7}`, service],
    ['still has two', user, (i) => `Bearer user-${i % 2}`],
    ['is masked now', user, () => 'Bearer ***'],
    ['never had another', service, () => 'Bearer other'],
  ])('is none that %s', (_, before, after) => {
    expect(told(entry, pairOf('authorization', before, after))).toEqual([]);
  });

  it('is none that says nothing of who asks', () => {
    const trace = (i: number) => `id-${i}`;
    const still = pairOf('x-flow', trace, trace, 'gateway GET /a');
    expect(
      told(
        still,
        pairOf('x-flow', trace, () => 'id'),
      ),
    ).toEqual([]);
  });
});

describe('the values of headers', () => {
  const headersOf = (name: string, values: readonly string[]) => {
    const profile = new HeaderProfile();
    for (const [i, value] of values.entries())
      profile.observe(new Map([[name, value]]), callRef(`${i}`));
    return profile;
  };
  const sizeOf = (profile: HeaderProfile, name: string) => profile.get(name)?.values?.size;
  const some = ['a', 'b', 'c', 'b'];

  it.each([
    'authorization',
    'proxy-authorization',
    'cookie',
    'x-api-key',
    'idempotency-key',
    'x-user-id',
    'user',
    'x-tenant',
    'x-accountid',
    'x-organisation-id',
    'session-id',
  ])('are counted where they tell who asks: %s', (name) => {
    expect(sizeOf(headersOf(name, some), name)).toBeCloseTo(3, 0);
  });

  it.each(['accept', 'x-request-id', 'user-agent', 'x-userspace', 'superuser'])(
    'are not counted elsewhere: %s',
    (name) => {
      expect(sizeOf(headersOf(name, some), name)).toBeUndefined();
    },
  );

  it('are merged and stored, but for those of secret names', () => {
    const [one, other] = [headersOf('x-user', ['a', 'b']), headersOf('x-user', ['b', 'c'])];
    one.merge(other);
    expect(JSON.stringify(one)).toBe(JSON.stringify(HeaderProfile.fromJSON(one.toJSON())));
    expect(sizeOf(HeaderProfile.fromJSON(one.toJSON()), 'x-user')).toBeCloseTo(3, 0);
    one.closeForms((name) => name === 'x-user');
    expect(sizeOf(one, 'x-user')).toBe(0);
    const [readBack, more] = [HeaderProfile.fromJSON(one.toJSON()), headersOf('x-user', ['d'])];
    for (const profile of [one, readBack]) profile.merge(more);
    expect(JSON.stringify(one)).toBe(JSON.stringify(readBack));
    expect(sizeOf(one, 'x-user')).toBeCloseTo(1, 0);
  });
});
