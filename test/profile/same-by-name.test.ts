import { expect, it } from 'vitest';
import { namedValues } from '../../src/profile/named-values.ts';
import { SameByName } from '../../src/profile/same-by-name.ts';

function seen(...pairs: readonly [one: object, other: object][]): SameByName {
  const same = new SameByName();
  for (const [i, [one, other]] of pairs.entries()) {
    same.observe(`c${i}`, namedValues(one), namedValues(other));
  }
  return same;
}
const told = (same: SameByName) =>
  same.entries.map(([name, { seen, passed, others }]) => [name, seen, passed, others]);

it('of names that both have, whether the values are the same', () => {
  expect(
    told(
      seen([
        { a: 1, b: 2, c: 3 },
        { d: 3, b: 2, a: 9 },
      ]),
    ),
  ).toEqual([
    ['a', 1, 0, ['c0']],
    ['b', 1, 1, []],
  ]);
});

it('of names that the others lack, whether the values are there', () => {
  const same = new SameByName();
  const others = namedValues({ x: 'EURO', b: 'EURO', y: 1 });
  same.observeRenamed('c', namedValues({ a: 'EURO', b: 'YENS', n: 'YENS', s: 1 }), others);
  expect(told(same)).toEqual([
    ['a', 1, 1, []],
    ['n', 1, 0, ['c']],
  ]);
});

it('keeps at most 24 names, whatever comes first', () => {
  const wide = (from: number) =>
    Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`name${'x'.repeat(from + i)}`, i]));
  const [first, second] = [wide(0), wide(12)];
  const [one, other] = [
    seen([first, first], [second, second]),
    seen([second, second], [first, first]),
  ];
  expect(one.entries).toHaveLength(24);
  expect(other.toJSON()).toEqual(one.toJSON());
  const [part, rest] = [seen([first, first]), seen([second, second])];
  part.merge(rest);
  expect(part.toJSON()).toEqual(one.toJSON());
  expect(SameByName.fromJSON(one.toJSON()).toJSON()).toEqual(one.toJSON());
});

it('nothing is stored of nothing', () => {
  expect(new SameByName().toJSON()).toBeUndefined();
  expect(SameByName.fromJSON(undefined).entries).toEqual([]);
  const none = { seen: 0, passed: 0, others: [], things: [] };
  expect(SameByName.fromJSON([['a', none]]).toJSON()).toBeUndefined();
});

const some = { seen: 1, passed: 0, others: [], things: [] };
it.each([
  [null],
  [7],
  [{}],
  [{ length: 1 }],
  [[7]],
  [[null]],
  [[[7, some]]],
  [[[]]],
  [Array(25).fill(['a', some])],
])('refuses %j', (json) => {
  expect(() => SameByName.fromJSON(json)).toThrow(new RangeError('not named values'));
});
