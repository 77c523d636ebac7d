import { describe, expect, it } from 'vitest';
import { type Each, lines } from './diff.ts';

const list =
  (order: readonly number[], each: (n: number) => object = (id) => ({ id })): Each =>
  (i) => ({ rows: order.map((n) => each(n * 10 + i)) });
const sorted = list([1, 2, 3, 4]);
const mixed = list([2, 4, 1, 3]);
const TOLD = 'warning schema.order-changed: /rows/* came sorted';

describe('items that never came several times in a row', () => {
  const twice = list([1, 2, 2, 3, 3]);
  it('and mostly do are told by what told them apart', () => {
    expect(lines(sorted, twice)).toEqual([
      'warning schema.items-repeated: /rows/* comes several times in a row by id (0/60 → 60/60).',
    ]);
    expect(lines(sorted, twice, { counts: [10, 10] })).toHaveLength(1);
    const named = (n: number) => ({ id: n, kind: n % 2 ? 'a' : 'b', all: 'x' });
    expect(lines(list([1, 2, 3], named), list([1, 1, 2, 3], named))).toHaveLength(1);
  });

  it.each<[string, Each, Each, [number, number]?]>([
    ['do in half', sorted, (i) => (i % 2 ? sorted(i) : twice(i))],
    ['do in most, of few', sorted, (i) => (i % 5 < 2 ? sorted(i) : twice(i)), [10, 10]],
    ['did once', (i) => (i ? sorted(i) : twice(i)), twice],
    ['are few', sorted, twice, [60, 9]],
    ['come again later', sorted, list([1, 2, 3, 1])],
  ])('and that %s are not', (_, before, after, counts = [60, 60]) => {
    expect(lines(before, after, { counts }).join()).not.toContain('items-repeated');
  });
});

describe('lists that always came sorted', () => {
  it('and come in no order are told by what they were sorted by', () => {
    expect(lines(sorted, mixed)).toEqual([`${TOLD} by id and comes otherwise (60/60 → 0/60).`]);
    expect(lines(sorted, mixed, { counts: [10, 10] })).toHaveLength(1);
    expect(lines(sorted, (i) => (i % 2 ? sorted(i) : mixed(i)))).toEqual([
      `${TOLD} by id and comes otherwise (60/60 → 30/60).`,
    ]);
    const record = (n: number) => ({
      seq: n,
      id: n,
      at: new Date(1.7e12 + n * 6e7).toISOString(),
      since: n + 0.5,
      name: `n${n * 7919}`,
    });
    expect(lines(list([1, 2, 3, 4], record), list([2, 4, 1, 3], record))).toEqual([
      `${TOLD} by at, id, seq and comes otherwise (60/60 → 0/60).`,
    ]);
  });

  it('and come the other way round are told so', () => {
    expect(lines(sorted, list([4, 3, 2, 1]))).toEqual([
      `${TOLD} by id and comes the other way round (60/60 → 0/60).`,
    ]);
    expect(lines(list([4, 3, 2, 1]), sorted)).toEqual([
      `${TOLD} by id and comes the other way round (60/60 → 0/60).`,
    ]);
    const ranked = (n: number) => ({ id: n, rank: n });
    const unranked = (n: number) => ({ id: n, rank: (n * 7919) % 101 });
    expect(lines(list([1, 2, 3, 4], ranked), list([4, 3, 2, 1], unranked)).join()).toContain(
      `${TOLD} by id, rank and comes otherwise`,
    );
  });

  it('may be lists of values', () => {
    const values =
      (order: readonly number[]): Each =>
      (i) =>
        order.map((n) => n * 10 + i);
    expect(lines(values([1, 2, 3, 4, 5]), values([2, 4, 1, 3, 5]))).toEqual([
      'warning schema.order-changed: /* came sorted and comes otherwise (60/60 → 0/60).',
    ]);
  });

  it.each<[string, Each, Each, [number, number]?]>([
    ['mostly are sorted still', sorted, (i) => (i % 3 ? sorted(i) : mixed(i))],
    [
      'are sorted by something written another way',
      sorted,
      list([2, 4, 1, 3], (n) => ({ id: `n${n}` })),
    ],
    ['hold null at times now', sorted, list([2, 4, 9, 1, 3], (n) => ({ id: n >= 90 ? null : n }))],
    ['mostly are not, of few', sorted, (i) => (i % 2 ? sorted(i) : mixed(i)), [10, 10]],
    ['are few', sorted, mixed, [60, 9]],
    ['were not sorted once', (i) => (i ? sorted(i) : mixed(i)), mixed],
  ])('and that %s are not', (_, before, after, counts = [60, 60]) => {
    expect(lines(before, after, { counts }).join()).not.toContain('order-changed');
  });
});
