import { expect, it } from 'vitest';
import type { Call } from '../../../src/calls/call.ts';
import { messagesTaken } from '../../../src/compare/own-work/messages-taken.ts';
import type { OperationPair } from '../../../src/compare/pairs.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { call, json } from '../../support/calls.ts';
import { operationPair } from '../view/make.ts';
import { callsOf } from './make.ts';

const kafka = { protocol: 'kafka' };

/** One call that each of these makes, the same on both sides but for who else makes it `now`. */
function pair(operation: string, given: Partial<Call>, now: readonly string[] = []): OperationPair {
  const stats = (callers: readonly string[]) => {
    const all = new OperationStats();
    for (const from of callers) all.observe(call({ ...kafka, ...given, from }), 0);
    return all;
  };
  return operationPair(operation, stats(['mailer']), stats(['mailer', ...now]), 'kafka');
}

function taken(pairs: readonly OperationPair[]): string[] {
  const mine = pairs.map((one) => callsOf('mailer', one));
  return messagesTaken('mailer', mine, pairs).map(
    ({ operation, base, cand, unit }) => `${operation}: ${base} → ${cand} ${unit}`,
  );
}

const [a, b, c] = [1, 2, 3].map((value) => ({ value }));
const two = json({ records: [a, b] });

it('messages are counted in what is fetched, where nobody else fetches it', () => {
  const fetch = (...now: string[]) => pair('queue FETCH events', { responseBody: two }, now);
  expect(taken([fetch()])[0]).toBe('queue FETCH events: 2 → 2 messages');
  expect(taken([fetch('biller')])).toEqual([]);
  expect(taken([pair('queue LIST events', { responseBody: two })])).toEqual([]);
});

it.each([
  [{ records: [a, b, c] }, 1, 0],
  [{ records: [] }, 0, 0],
  [{ records: [a, b, c], partitions: [{ records: 2 }, { records: 1 }] }, 1, 2],
  [{ topics: [{ records: [{ records: [a] }, { records: [b, c] }] }, { records: [] }] }, 1, 0],
  [{ partitions: [{ records: [a, b] }, { records: [c] }, { records: [] }] }, 2, 0],
  [{ records: [{ value: { records: [1, 2] } }], headers: { records: [1] } }, 1, 0],
])(
  'batches are lists of what came, of answers and of partitions: %j',
  (body, answers, partitions) => {
    expect(taken([pair('queue FETCH events', { responseBody: json(body) })]).slice(1)).toEqual(
      [answers, partitions].map((count) => `queue FETCH events: ${count} → ${count} batches`),
    );
  },
);

it('messages are counted where they are published under the same name', () => {
  const fetch = pair('queue FETCH events', {}, ['biller']);
  const produce = (operation: string) =>
    pair(operation, { requestBody: two, responseBody: json({ records: [a] }) });
  expect(taken([fetch, produce('queue PRODUCE events')])).toEqual([
    'queue PRODUCE events: 2 → 2 messages',
  ]);
  const others = ['queue PRODUCE refunds', 'other PRODUCE events', 'queue LIST events'];
  expect(taken([fetch, ...others.map(produce)])).toEqual([]);
  expect(taken([fetch, pair('queue PRODUCE events', {}, ['shop'])])).toEqual([
    'queue PRODUCE events: 1 → 2 messages',
  ]);
});

it.each([
  [{ records: [a, b], more: { record: [c] } }, 3],
  [{ events: { records: [a, b] }, refunds: { records: [c] } }, 3],
  [{ topics: [{ records: [{ records: [a, b] }] }, { records: [{ records: [c] }] }] }, 3],
  [{ records: [{ value: { records: [a, b] } }], key: { record: [c] } }, 1],
  [{ records: 'none' }, 0],
  [{ items: [a, b] }, 0],
])('messages are the items of lists of records: %j', (body, count) => {
  const [told] = taken([pair('queue FETCH events', { responseBody: json(body) })]);
  expect(told).toBe(`queue FETCH events: ${count} → ${count} messages`);
});
