import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EnumValues } from '../../../src/profile/schema/enum-values.ts';
import { formatsOf } from '../../../src/profile/schema/formats.ts';
import { Histogram } from '../../../src/profile/schema/histogram.ts';
import { keyInfo } from '../../../src/profile/schema/key-info.ts';
import { TextSample } from '../../../src/profile/schema/text-sample.ts';
import { TRAITS } from '../../../src/profile/schema/traits.ts';

describe('magnitudes', () => {
  const rangeOf = (...values: number[]) => {
    const histogram = new Histogram();
    for (const value of values) histogram.add(value);
    return histogram.range();
  };

  it.each([
    [[0.5, 0], 0, 1],
    [[1], 1, 2],
    [[-5], 4, 8],
    [[2 ** 31], 2 ** 31, 2 ** 32],
    [[2 ** 32 - 1], 2 ** 31, 2 ** 32],
    [[2 ** 32], 2 ** 32, 2 ** 33],
    [[2 ** 33], 2 ** 33, 2 ** 34],
    [[2 ** 63], 2 ** 63, 2 ** 64],
    [[2 ** 64], 2 ** 64, Number.POSITIVE_INFINITY],
    [[1, 100], 1, 128],
  ])('of %j lie from %d below %d', (values, low, high) => {
    expect(rangeOf(...values)).toEqual({ low, high });
  });

  it('lie within a range or not', () => {
    const histogram = new Histogram();
    expect(histogram.range()).toBeUndefined();
    expect(histogram.within(0, 8)).toBe(false);
    histogram.add(3, 2);
    histogram.add(5);
    expect(histogram.within(2, 8)).toBe(true);
    expect(histogram.within(4, 8)).toBe(false);
    expect(histogram.within(2, 4)).toBe(false);
    const sum = new Histogram();
    sum.merge(histogram);
    sum.merge(histogram);
    expect(sum.toJSON()).toEqual([
      [2, 4],
      [3, 2],
    ]);
    expect(() => Histogram.fromJSON([[66, 1]])).toThrow(RangeError);
    expect(() => Histogram.fromJSON([[1, 0]])).toThrow(RangeError);
    expect(Histogram.fromJSON([[65, 1]]).toJSON()).toEqual([[65, 1]]);
  });
});

describe('members of an enumeration', () => {
  const valuesOf = (...given: string[]) => {
    const values = new EnumValues();
    for (const one of given) values.add(one, 0);
    return values;
  };

  it('are counted, up to 24', () => {
    const letters = Array.from({ length: 24 }, (_, i) => `w${String.fromCharCode(97 + i)}`);
    expect(valuesOf('b', 'a', 'b').entries()).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(valuesOf(...letters).entries()).toHaveLength(24);
    const open = valuesOf(...letters, 'x');
    expect([open.open, open.entries(), open.toJSON()]).toEqual([true, [], null]);
    open.add('a', 0);
    expect(open.open).toBe(true);
    const both = valuesOf('a');
    both.merge(valuesOf('a', 'c'));
    expect(both.toJSON()).toEqual([
      ['a', 2, '0000000000000001'],
      ['c', 1, '0000000000000001'],
    ]);
    both.merge(open);
    expect(both.open).toBe(true);
    open.merge(valuesOf('a'));
    expect(open.open).toBe(true);
  });

  it('are none once a value is no word', () => {
    expect(valuesOf('a', '12').open).toBe(true);
    expect(() => EnumValues.fromJSON([['1 2', 1]])).toThrow(RangeError);
  });
});

describe('a sample of texts', () => {
  it('keeps 64 values at most, by their hashes', () => {
    const sample = new TextSample();
    const hashes = Array.from({ length: 200 }, (_, i) => i + 1);
    let asked = 0;
    for (const hash of hashes) {
      if (!sample.wants(hash)) continue;
      asked++;
      sample.add(hash, hash % 2 ? '12' : '1.5');
    }
    const [whole, decimal] = [formatsOf('12'), formatsOf('1.5')];
    expect(whole & decimal).toBe(decimal);
    expect(asked).toBeLessThan(200);
    expect(sample.size).toBe(50);
    expect(sample.having(decimal)).toBe(50);
    expect(sample.having(whole)).toBe(0);
    expect(sample.shared()).toBe(decimal);
    expect(sample.wants(4)).toBe(true);
    expect(sample.wants(2)).toBe(false);
    expect(sample.wants(0)).toBe(true);
    expect(new TextSample().shared()).toBe(0);
    const few = new TextSample();
    few.add(1, '12');
    few.add(8, '12');
    few.merge(sample);
    expect([few.size, few.having(decimal), few.having(whole)]).toEqual([51, 51, 1]);
    const text = JSON.stringify(few);
    expect(JSON.stringify(TextSample.fromJSON(JSON.parse(text)))).toBe(text);
  });

  it.each([
    [1, 1],
    [5, 5],
    [20, 20],
  ])('tells that about %i differ', (different, about) => {
    const sample = new TextSample();
    for (let hash = 1; hash <= 500; hash++) {
      if (sample.wants(hash)) sample.add(hash, `text ${(hash >> 3) % different}`);
    }
    expect(sample.distinct).toBeGreaterThan(0.7 * about);
    expect(sample.distinct).toBeLessThan(1.3 * about);
    expect(TextSample.fromJSON(JSON.parse(JSON.stringify(sample))).distinct).toBe(sample.distinct);
  });

  it('tells how texts are written, of long ones how they begin', () => {
    const sample = new TextSample();
    for (const text of ['a', 'B', '-1', `${'b'.repeat(256)}B`]) sample.add(1, text);
    const { examined, smallLetters, capitals, negative } = TRAITS;
    const each = [examined, smallLetters, capitals, negative];
    expect(each.map((trait) => sample.writtenWith(trait))).toEqual([4, 2, 1, 1]);
  });

  it('is the same, to the byte, in any order and cut', () => {
    const text = fc.constantFrom('2024-05-01', '17', '1.5', 'open', 'de-CH');
    const of = (all: readonly (readonly [number, string])[]) => {
      const sample = new TextSample();
      for (const [hash, one] of all) if (sample.wants(hash)) sample.add(hash, one);
      return sample;
    };
    const bytes = (sample: TextSample) => JSON.stringify(sample);
    const many = fc.array(fc.tuple(fc.nat(), text), { minLength: 130, maxLength: 400 });
    fc.assert(
      fc.property(many, fc.nat(130), (all, cut) => {
        const [few, most] = [of(all.slice(0, cut).reverse()), of(all.slice(cut))];
        const merged = of([]);
        for (const part of [most, few]) merged.merge(TextSample.fromJSON(JSON.parse(bytes(part))));
        few.merge(most);
        expect([bytes(merged), bytes(few)]).toEqual([bytes(of(all)), bytes(of(all))]);
      }),
      { numRuns: 50 },
    );
  });

  it('knows of no values where a profile of before tells of none', () => {
    const { values: _, ...before } = new TextSample().toJSON() as { values: unknown };
    expect(TextSample.fromJSON({ ...before, counts: [[0, [[1, 9]]]] } as never)).toMatchObject({
      size: 9,
      distinct: 0,
    });
  });
});

describe('a name', () => {
  it.each([
    ['userId', undefined],
    ['x-1', undefined],
    ['$ref', undefined],
    ['2026-01-05', '{date}'],
    ['42', '{int}'],
    ['a@example.com', '{email}'],
    ['10.0.0.1', '{ip}'],
    ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', '{uuid}'],
    ['order-123456-x', '{id}'],
    ['x'.repeat(129), '{text}'],
    ['a b', undefined],
    ['you@', '{id}'],
  ])('%s is data: %s', (name, pattern) => {
    expect(keyInfo(name).pattern).toBe(pattern);
    expect(keyInfo(name).pattern).toBe(pattern);
  });

  it.each([
    ['user_type', true],
    ['userState', true],
    ['type_name', false],
    ['typeName', false],
    ['password', false],
    ['status', true],
    ['-', true],
  ])('%s may hold an enumeration: %s', (name, expected) => {
    expect(keyInfo(name).enumerable).toBe(expected);
  });

  it('that tells variants apart has a rank', () => {
    expect(['__typename', '@type', 'state', 'colour'].map((name) => keyInfo(name).rank)).toEqual([
      0,
      1,
      12,
      Number.POSITIVE_INFINITY,
    ]);
  });
});
