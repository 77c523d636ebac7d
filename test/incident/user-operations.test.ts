import { expect, test } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { caseOf } from '../../src/incident/case-of.ts';
import { userOperations } from '../../src/incident/user-operations.ts';
import { call } from '../support/calls.ts';
import { readingOf, START } from './shop-traffic.ts';

/** What users ask, and what a worker in the background asks of the store. */
function traffic(protocol: string, path: string): Call[] {
  return Array.from({ length: 30 }, (_, i) => [
    call({ id: `a${i}`, ts: START + i * 100, to: 'gateway', protocol, path }),
    call({
      id: `b${i}`,
      ts: START + i * 100 + 50,
      from: 'worker',
      to: 'postgres',
      protocol: 'postgresql',
      method: 'SELECT',
      path: 'SELECT a FROM outbox',
    }),
  ]).flat();
}

test.each([
  ['http', '/orders'],
  ['http2', '/orders'],
  ['https', '/orders'],
  ['grpc', '/shop.Orders/Place'],
])('users speak %s; a worker that asks a store is none', (protocol, path) => {
  const reading = readingOf(traffic(protocol, path));
  const given = caseOf(reading, reading, { minSamples: 20 });
  const asked = given.names.operations.filter((_, index) => userOperations(given)[index] === 1);
  expect(asked.map(({ operation }) => operation.split(' ')[0])).toEqual(['gateway']);
});

test('where nobody else is seen, who asks the store is who waits', () => {
  const reading = readingOf(traffic('http', '/x').filter(({ id }) => id.startsWith('b')));
  const given = caseOf(reading, reading, { minSamples: 20 });
  expect([...userOperations(given)]).toEqual([1]);
});
