import { expect, it } from 'vitest';
import { hashNamed, isTelling, NO_VALUES, namedValues } from '../../src/profile/named-values.ts';

const namesIn = (...objects: readonly unknown[]) =>
  namedValues(...objects)
    .filter((part) => typeof part === 'string')
    .sort();
const places = (list: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${list}[${i}]`);
const same = (name: string, one: object, other: object) => {
  const [a, b] = [one, other].map((object) => hashNamed(namedValues(object), name));
  expect([typeof a, typeof b]).toEqual(['number', 'number']);
  return a === b;
};
const items = (...of: readonly object[]) => ({ items: of });

it.each<[string, object, readonly string[]]>([
  ['text and numbers', { a: 'x', b: 0, c: -1.5 }, ['a', 'b', 'c']],
  ['neither yes and no nor nothing', { ok: true, none: null, text: '' }, []],
  ['what is in objects of objects', { a: { b: { c: { d: 1 } } } }, ['d']],
  ['nothing deeper', { a: { b: { c: { d: { e: 1 } } } } }, []],
  ['no name that stands in several places', { a: { n: 1, m: 1 }, b: { n: 1 } }, ['m']],
  ['no name that stands in three', { a: { n: 1 }, b: { n: 1 }, c: { n: 1 } }, []],
  ['names of 64 characters', { ['n'.repeat(64)]: 1, ['n'.repeat(65)]: 1 }, ['n'.repeat(64)]],
  ['no keys that are data', { by: { 'ann@mail.example': 1, '2026-01-02': { n: 1 }, a: 1 } }, ['a']],
  ['lists and their items', { a: { items: [{ sku: 1 }, { n: '2' }] } }, ['items', 'n', 'sku']],
  ['lists of text, and each of theirs', { tags: ['a', 'b'] }, ['tags', 'tags[0]', 'tags[1]']],
  ['no more of these than eight', { l: Array(9).fill('a') }, ['l', ...places('l', 8)]],
])('holds %s', (_, object, names) => {
  expect(namesIn(object)).toEqual(names);
});

it('holds the first 24, those in lists last', () => {
  const wide = Object.fromEntries(Array.from({ length: 23 }, (_, i) => [`n${i}`, i]));
  const all = namesIn({ ...items({ sku: 1 }), ...wide });
  expect(all).toHaveLength(24);
  expect(all).toContain('items');
  expect(all).not.toContain('sku');
});

it.each([[[1]], ['text'], [null], [undefined], [7], [{}]])('holds nothing of %j', (value) => {
  expect(namedValues(value)).toBe(NO_VALUES);
});

it('holds what several objects name, but what both name', () => {
  expect(namesIn({ a: 1, b: 2 }, [3], { b: 2, c: 4 })).toEqual(['a', 'c']);
});

it('numbers are the same as their text, and nothing else', () => {
  expect(same('n', { n: 10 }, { n: '10' })).toBe(true);
  expect(same('n', { n: 10 }, { n: 11 })).toBe(false);
  expect(same('n', { n: 'x'.repeat(128) }, { n: 'x'.repeat(127) })).toBe(false);
});

it('of lists their length and what their first eight items say, in order', () => {
  const [a, b] = [{ n: 1 }, { n: 2 }];
  expect(same('n', items(a, b), items(a, b, { m: 3 }))).toBe(true);
  expect(same('items', items(a, b), items(a, b, a))).toBe(false);
  expect(same('items', items(a, b), items(b, b))).toBe(true);
  expect(same('n', items(a, b), items(b, a))).toBe(false);
  const eight = Array.from({ length: 8 }, () => a);
  expect(same('n', items(...eight, a), items(...eight, b))).toBe(true);
  expect(same('n', items(...eight), items(...eight.slice(1), b))).toBe(false);
});

it('values of four characters or more tell something', () => {
  const telling = (value: unknown) =>
    isTelling(hashNamed(namedValues({ value }), 'value') ?? Number.NaN);
  expect([1000, 'abcd', -1.5, 1.25].map(telling)).toEqual([true, true, true, true]);
  expect([999, 'abc', 0, ['abcd']].map(telling)).toEqual([false, false, false, false]);
});

it('the names of places are kept once, however many lists there are', () => {
  const lists = Array.from({ length: 600 }, (_, i) => `list${i}`);
  for (const list of [...lists, ...lists]) {
    expect(namesIn({ [list]: ['a'] })).toEqual([list, `${list}[0]`]);
  }
});

it('what is outside of lists goes before what is in them', () => {
  expect(same('n', { n: 1, ...items({ n: 1 }) }, { ...items({ n: 2 }), n: 1 })).toBe(true);
  expect(same('items', { a: { items: 5 }, ...items({}) }, { items: '5' })).toBe(true);
});
