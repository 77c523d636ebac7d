import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callRef } from '../../../src/profile/schema/call-ref.ts';
import { formatsOf } from '../../../src/profile/schema/formats.ts';
import { mergeNode } from '../../../src/profile/schema/merge.ts';
import { type ObjectFacts, SchemaNode, TYPES } from '../../../src/profile/schema/node.ts';
import { NumberFacts } from '../../../src/profile/schema/number-facts.ts';
import { StringFacts } from '../../../src/profile/schema/string-facts.ts';
import { observed } from './make.ts';

describe('a value', () => {
  it('is counted by its type, with the calls that had it', () => {
    const node = observed([null, true, 1, -1, 1.5, 'a', [], {}, undefined]);
    expect(TYPES.map((type) => node.count(type))).toEqual([1, 1, 2, 1, 1, 1, 1]);
    expect(node.total).toBe(8);
    expect(TYPES.map((type) => node.examples([type]).toSorted())).toEqual([
      ['c0'],
      ['c1'],
      ['c2', 'c3'],
      ['c4'],
      ['c5'],
      ['c6'],
      ['c7'],
    ]);
    expect(node.examples()).toHaveLength(2);
    expect(new SchemaNode().examples()).toEqual([]);
  });

  it('may be what was asked for, by the text or the number', () => {
    const bodies = ['a1', 'b2', 7, '7', 'b2'].map((id) => ({ id, other: 'b2' }));
    const node = observed(bodies, 'c', (i) => (i < 4 ? ['a1', '7', 7] : []));
    const { properties } = node.object as ObjectFacts;
    const echoes = properties.get('id')?.node.echoes;
    expect(echoes?.count).toBe(3);
    expect(Math.round(echoes?.subjects.size ?? 0)).toBe(2);
    expect(['c0', 'c2', 'c3']).toEqual(expect.arrayContaining([...(echoes?.ids ?? [])]));
    expect(properties.get('other')?.node.echoes).toBeUndefined();
  });

  it.each([
    [[], true],
    [{}, true],
    [1, false],
    [null, false],
    ['x', false],
  ])('%j holds others: %s', (value, contains) => {
    expect(observed([value]).contains).toBe(contains);
  });

  it('that is a number has a sign', () => {
    const facts = new NumberFacts();
    for (const value of [-1, 0, -0.5, 3]) facts.add(value);
    const sum = new NumberFacts();
    sum.merge(facts);
    sum.merge(facts);
    expect([facts.negative, sum.negative]).toEqual([2, 4]);
    expect([facts.distinct, sum.distinct].map(Math.round)).toEqual([4, 4]);
    const tooMany = { negative: 0, magnitudes: [], values: 2 ** 32 };
    expect(() => NumberFacts.fromJSON(tooMany)).toThrow('not facts of numbers');
    expect(sum.toJSON()).toEqual({
      values: expect.any(Number),
      negative: 4,
      magnitudes: [
        [0, 4],
        [1, 2],
        [2, 2],
      ],
    });
  });
});

describe('strings', () => {
  const of = (values: readonly string[], enumerable = true) => {
    const facts = new StringFacts();
    for (const [i, value] of values.entries()) facts.add(value, callRef(`c${i}`), { enumerable });
    return facts;
  };

  it('have the formats that each of them has', () => {
    const values = fc.array(
      fc.oneof(
        fc.uuid(),
        fc.constantFrom('2024-05-01', '2024-05-01T10:00:00Z', '17', '1.5', 'x', '', '***'),
      ),
      { maxLength: 150, size: 'max' },
    );
    fc.assert(
      fc.property(values, fc.nat(150), (all, cut) => {
        const told = all.filter((value) => value !== '' && value !== '***');
        const shared = told.reduce((mask, value) => mask & formatsOf(value), of([]).formats);
        expect(of(all).formats).toBe(shared);
        const merged = of(all.slice(cut));
        merged.merge(of(all.slice(0, cut)));
        expect(merged.formats).toBe(shared);
        expect([merged.empty, merged.masked]).toEqual([of(all).empty, of(all).masked]);
      }),
      { numRuns: 30 },
    );
  });

  it('have no format that one of hundreds lacks, wherever it comes', () => {
    const dates = Array<string>(300).fill('2024-05-01');
    for (let at = 100; at < 300; at += 20) {
      expect(of(dates.with(at, 'soon')).formats, `${at}`).toBe(0);
    }
  });

  it('are told apart from empty ones and from what redaction left', () => {
    const masks = ['[redacted]', '[REDACTED]', '***', '*'.repeat(10)];
    const facts = of(['', ...masks, 'open', 'open', '']);
    expect([facts.empty, facts.masked]).toEqual([2, 4]);
    expect(facts.values.entries()).toEqual([['open', 2]]);
    expect(facts.lengths.toJSON()).toEqual([
      [0, 2],
      [2, 1],
      [3, 2],
      [4, 3],
    ]);
    const word = (length: number) => 'a'.repeat(length);
    for (const part of ['Bearer ***', '**** 1234', `${word(16)}***${word(8)}`, '*'.repeat(64)]) {
      expect(of([part]).masked, part).toBe(1);
    }
    const others = ['**', 'a[redacted]', '[redacted', `${word(17)}***`, `***${word(9)}`];
    for (const other of [...others, '*'.repeat(65)]) expect(of([other]).masked, other).toBe(0);
  });

  it('are kept as members of an enumeration by the name alone', () => {
    expect(of(['open', 'shut'], false).values.open).toBe(true);
    expect(of(['open', '12'], true).values.open).toBe(true);
    expect(of(['', '***'], false).values.open).toBe(false);
  });
});

describe('lists', () => {
  const positions = (...lists: unknown[][]) =>
    observed(lists).array?.positions?.map(({ total }) => total) ?? null;

  it('of two to four simple values, all alike, are told by position', () => {
    expect(positions([1, 'a'], [2, null])).toEqual([2, 2]);
    expect(positions([1, 2, 3, 4])).toEqual([1, 1, 1, 1]);
    for (const lists of [[[]], [[1]], [[1, 2, 3, 4, 5]], [[1, {}]], [[1, []]]])
      expect(positions(...lists)).toBeNull();
  });

  it('of other lengths, or with objects, are told together, in any order', () => {
    const others = [[1, 2, 3], [1], [], [1, { a: 1 }]];
    for (const other of others) {
      const pair = ['a', 1];
      for (const lists of [
        [pair, other, pair],
        [other, pair, pair],
        [pair, pair, other],
      ]) {
        const { array } = observed(lists);
        expect([array?.positions, array?.items.total]).toEqual([null, 4 + other.length]);
        expect(array?.items.count('string')).toBe(2);
        const merged = observed(lists.slice(0, 1));
        mergeNode(merged, observed(lists.slice(1)));
        expect(merged.array?.positions).toBeNull();
        expect(merged.array?.items.total).toBe(4 + other.length);
      }
    }
  });

  it('of one length merge by position', () => {
    const merged = observed([['a', 1]]);
    mergeNode(
      merged,
      observed([
        ['b', null],
        ['c', 2],
      ]),
    );
    expect(merged.array?.positions?.map(({ total }) => total)).toEqual([3, 3]);
    expect(merged.array?.items.total).toBe(0);
    const copy = new SchemaNode();
    mergeNode(copy, merged);
    mergeNode(copy, merged);
    expect(copy.array?.positions?.map(({ total }) => total)).toEqual([6, 6]);
    expect(merged.array?.positions?.map(({ total }) => total)).toEqual([3, 3]);
  });

  it('have a shortest, a longest, and empty ones', () => {
    const facts = (...lists: unknown[][]) => {
      const { shortest, longest, empty, lengths } = observed(lists).array ?? {};
      return [shortest, longest, empty, lengths?.toJSON()];
    };
    expect(facts([1], [1, 2, 3], [])).toEqual([
      0,
      3,
      1,
      [
        [0, 1],
        [1, 1],
        [2, 1],
      ],
    ]);
    expect(facts([1, 2])).toEqual([2, 2, 0, [[2, 1]]]);
    const merged = observed([[1, 2]]);
    mergeNode(merged, observed([[], [1, 2, 3]]));
    mergeNode(merged, observed([[1]]));
    const { array } = merged;
    expect([array?.shortest, array?.longest, array?.empty]).toEqual([0, 3, 1]);
  });
});

describe('objects', () => {
  const variants = (...values: unknown[]) =>
    [...(observed(values).object?.variants.entries() ?? [])].map(
      ([field, value, { count, present }]) => [field, value, count, [...present.keys()]],
    );

  it('are variants by their most telling field that holds a text', () => {
    expect(variants({ kind: 'a', type: 'b' })).toEqual([['type', 'b', 1, ['kind', 'type']]]);
    expect(variants({ type: 'b', kind: 'a' })).toEqual([['type', 'b', 1, ['type', 'kind']]]);
    expect(variants({ type: 5, kind: 'a' })).toEqual([['kind', 'a', 1, ['type', 'kind']]]);
    expect(variants({ colour: 'red' })).toEqual([]);
  });

  it('have variants and sets of their fields, without the names that are data', () => {
    const value = { type: 'b', '42': 1, 'a@example.com': 2 };
    expect(variants(value)).toEqual([['type', 'b', 1, ['type']]]);
    const { object } = observed([value, { '42': 1 }]);
    expect(object?.shapes.without('type')).toEqual(['c1']);
    expect([...(object?.patterns.keys() ?? [])].sort()).toEqual(['{email}', '{int}']);
  });
});
