import { describe, expect, it } from 'vitest';
import { callRef } from '../../../src/profile/schema/call-ref.ts';
import { keyInfo } from '../../../src/profile/schema/key-info.ts';
import { Shapes } from '../../../src/profile/schema/shapes.ts';
import { Variants } from '../../../src/profile/schema/variants.ts';

const letter = (i: number) => String.fromCharCode(97 + i);
const hashOf = (keys: readonly string[]) => keys.reduce((sum, key) => sum + keyInfo(key).hash, 0);

function shapesOf(sets: readonly (readonly string[])[], prefix = 'c'): Shapes {
  const shapes = new Shapes();
  for (const [i, keys] of sets.entries())
    shapes.add(hashOf(keys), callRef(`${prefix}${i}`), () => keys);
  return shapes;
}

describe('sets of fields', () => {
  const names = Array.from({ length: 24 }, (_, i) => `f${letter(i)}`);
  const singles = names.map((name) => [name]);

  it('tell which calls lacked a field', () => {
    const shapes = shapesOf([['a', 'b'], ['a'], ['a'], ['a', 'b']]);
    expect(shapes.without('a')).toEqual([]);
    expect(shapes.without('b').toSorted()).toEqual(['c1', 'c2']);
    expect(shapes.without('never').length).toBe(2);
  });

  it('are the sixteen with the smallest hashes, in any order, counted to the last', () => {
    const kept = names
      .toSorted((a, b) => hashOf([a]) - hashOf([b]))
      .slice(0, 16)
      .map((name) => [`${(1n << BigInt(23 - names.indexOf(name))).toString(32)}`, 2]);
    const told = (shapes: Shapes) =>
      (shapes.toJSON(names) as [string, number][]).map(([bits, count]) => [bits, count]);
    expect(told(shapesOf([...singles, ...singles]))).toEqual(kept);
    expect(told(shapesOf([...singles, ...singles].reverse()))).toEqual(kept);
    const repeated = singles.flatMap((single) => [single, single]);
    expect(told(shapesOf(repeated))).toEqual(kept);
    const merged = shapesOf(singles.toReversed(), 'b');
    merged.merge(shapesOf(singles));
    expect(told(merged)).toEqual(kept);
  });

  it('are told from one another where they follow each other', () => {
    const shapes = shapesOf([['a'], ['a'], ['b'], ['a'], []]);
    expect((shapes.toJSON(['a', 'b']) as [string, number][]).map(([bits, n]) => [bits, n])).toEqual(
      [
        ...([
          ['0', 1],
          ['1', 1],
          ['2', 3],
        ] as const),
      ].sort((x, y) => hashOf(keysOf(x[0])) - hashOf(keysOf(y[0]))),
    );
  });
});

function keysOf(bits: string): string[] {
  return bits === '0' ? [] : bits === '1' ? ['b'] : ['a'];
}

describe('variants', () => {
  const told = (variants: Variants) =>
    [...variants.entries()].map(([field, value, { count, present }]) => [
      field,
      value,
      count,
      Object.fromEntries(present),
    ]);
  const of = (...seen: readonly (readonly [value: string, ...names: string[]])[]) => {
    const variants = new Variants();
    for (const [value, ...names] of seen) variants.add('type', value, hashOf(names), () => names);
    return variants;
  };

  it('count in how many of their objects each field was', () => {
    const variants = of(
      ['card', 'last'],
      ['bank', 'iban'],
      ['card', 'last'],
      ['card'],
      ['card', 'last', 'more'],
    );
    expect(told(variants)).toEqual([
      ['type', 'bank', 1, { iban: 1 }],
      ['type', 'card', 4, { last: 3, more: 1 }],
    ]);
    variants.merge(of(['card', 'last'], ['cash']));
    expect(told(variants)).toEqual([
      ['type', 'bank', 1, { iban: 1 }],
      ['type', 'card', 5, { last: 4, more: 1 }],
      ['type', 'cash', 1, {}],
    ]);
  });

  it('are twelve at most, else the field tells nothing, for good', () => {
    const many = (count: number) =>
      of(...Array.from({ length: count }, (_, i) => [`w${letter(i)}`] as const));
    expect(told(many(12))).toHaveLength(12);
    expect(told(many(13))).toEqual([]);
    expect(many(13).toJSON([])).toEqual([['type', null]]);
    const few = many(2);
    few.merge(many(13));
    expect(few.toJSON([])).toEqual([['type', null]]);
    few.merge(many(2));
    few.add('type', 'wa', 0, () => []);
    expect(few.toJSON([])).toEqual([['type', null]]);
    const both = many(12);
    both.merge(of(['last']));
    expect(both.toJSON([])).toEqual([['type', null]]);
  });

  it('are none where a value is no word, or secret', () => {
    expect(of(['card'], ['jane@example.com']).toJSON([])).toEqual([['type', null]]);
    const variants = of(['card']);
    variants.add('kind', 'a', 0, () => []);
    variants.close((field) => field === 'type');
    expect(told(variants)).toEqual([['kind', 'a', 1, {}]]);
  });

  it('stand in code-unit order, by field and value, with the counts of the names', () => {
    const variants = of(['b', 'y'], ['a', 'x']);
    variants.add('kind', 'z', 0, () => []);
    expect(variants.toJSON(['x', 'y'])).toEqual([
      ['kind', [['z', [1, 0, 0]]]],
      [
        'type',
        [
          ['a', [1, 1, 0]],
          ['b', [1, 0, 1]],
        ],
      ],
    ]);
  });
});
