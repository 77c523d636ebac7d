import { expect, it } from 'vitest';
import { findingsOf, type Handled, profileOf } from '../../../scripts/rules-calls.ts';
import { decodeProfile, encodeProfile } from '../../../src/profile/codec.ts';

const RULE = 'call.id-mismatched';
const stock = (id: string | number) => ({ to: 'inventory', method: 'GET', path: `/stock/${id}` });
/** `GET /orders/1000` and on, and what is asked of the inventory for them. */
const asks =
  (each: (id: number) => string | number) =>
  (i: number): Handled => ({ makes: [stock(each(1000 + i))] });
const same = asks((id) => id);

function told(
  baseline: (i: number) => Handled,
  candidate: (i: number) => Handled,
  calls: readonly [number, number] = [60, 60],
) {
  return findingsOf({ rule: RULE, baseline, candidate, calls }).filter(({ rule }) => rule === RULE);
}

const lines = (...given: Parameters<typeof told>) =>
  told(...given).map(({ severity, summary }) => `${severity} ${summary}`);
/** The same for the first so many orders; the others ask for nothing. */
const only = (count: number, each: (i: number) => Handled) => (i: number) =>
  i < count ? each(i) : {};
/** Orders of three, which come again and again. */
const ofThree = (shift: number) => (i: number) => ({
  path: `/orders/${1000 + (i % 3)}`,
  makes: [stock(1000 + shift + (i % 3))],
});
const some = (others: number) => asks((id) => (id % 10 < others ? id + 5000 : id));

it('a call about another id than was asked for breaks', () => {
  expect(lines(same, some(10))).toEqual([
    'breaking Calls inventory GET /stock/{id} about something else than it was asked for in 60 of 60 calls; never before in 60.',
  ]);
});

it('breaks from half of the calls on; fewer are told, and few are not', () => {
  const severities = [5, 3, 2, 1].map((others) => told(same, some(others))[0]?.severity);
  expect(severities).toEqual(['breaking', 'warning', 'warning', undefined]);
  expect(lines(same, some(3))).toEqual([
    'warning Calls inventory GET /stock/{id} about something else than it was asked for in 18 of 60 calls; never before in 60.',
  ]);
});

it('is shown by calls that name another', () => {
  const shown = told(same, some(5))[0]?.evidence.map(({ callId }) => callId) ?? [];
  expect(shown.length).toBeGreaterThan(0);
  for (const id of shown) expect(Number(id.split('/')[1]) % 10).toBeLessThan(5);
});

it.each<[string, (i: number) => Handled, (i: number) => Handled, (readonly [number, number])?]>([
  ['about the same', same, same],
  ['that were about others before at times', some(1), some(10)],
  ['about few things', ofThree(0), ofThree(5000)],
  ['that are few now', same, only(19, some(10))],
  ['that were few before', only(19, same), some(10)],
  ['that chance may explain', same, some(2), [20, 20]],
  ['of which nearly all are about the same', same, some(1), [300, 300]],
  ['that name no id', same, asks(() => 'all')],
])('calls %s say nothing', (_, before, after, calls) => {
  expect(told(before, after, calls)).toEqual([]);
});

it('twenty calls on each side are enough', () => {
  expect(told(only(20, same), only(20, some(10)))).toHaveLength(1);
});

it('is known of ids in the query and in the body of a request', () => {
  const query = (shift: number) => (i: number) => ({
    path: `/orders?order_id=a${i}`,
    makes: [stock(`a${i + shift}`)],
  });
  const body = (shift: number) => (i: number) => ({
    request: { id: `a${i}` },
    makes: [stock(`a${i + shift}`)],
  });
  for (const each of [query, body]) expect(told(each(0), each(100))).toHaveLength(1);
});

it('a stored profile holds it', () => {
  const text = encodeProfile(profileOf('b', 60, some(5)));
  expect(text).toContain('"ids":{"seen":60,"passed":30,');
  expect(encodeProfile(decodeProfile(text))).toBe(text);
});
