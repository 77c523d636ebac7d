import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Subjects, stored, together } from '../../src/profile/schema/subjects.ts';
import { SubjectCount } from '../../src/profile/subject-count.ts';
import { hash32 } from '../../src/support/hash.ts';

const hashes = (count: number, prefix = 's') =>
  Array.from({ length: count }, (_, i) => hash32(`${prefix}${i}`));

describe.each([
  ['of a value', () => new Subjects()],
  ['of messages', () => new SubjectCount()],
] as const)('subjects %s', (_, make) => {
  const of = (given: readonly number[]) => {
    const set = make();
    for (const one of given) set.add(one);
    return set;
  };

  test('are none, then one, however often it comes', () => {
    expect(of([]).size).toBe(0);
    expect(of([7, 7, 7]).size).toBeCloseTo(1, 1);
  });

  test.each([5, 20, 60])('%d are counted to a sixth', (count) => {
    const sizes = Array.from({ length: 40 }, (_, i) => of(hashes(count, `${i}/`)).size);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(Math.abs(mean / count - 1)).toBeLessThan(1 / 6);
  });

  test('are the same in any order and split, through JSON', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(0xffff_ffff), fc.boolean()), { maxLength: 300 }),
        (given) => {
          const whole = of(given.map(([hash]) => hash));
          const sets = [true, false].map((side) =>
            of(given.filter(([, where]) => where === side).map(([hash]) => hash)),
          ) as [never, never];
          const merged = make();
          for (const set of sets.reverse()) {
            const written = JSON.parse(JSON.stringify(set));
            merged.merge((make().constructor as typeof Subjects).fromJSON(written) as never);
          }
          expect(JSON.stringify(merged)).toBe(JSON.stringify(whole));
        },
      ),
    );
  });

  test.each([7, 'x', ['0'], [7], ['z'.repeat(64)], 'z'.repeat(16)])('%j is refused', (json) => {
    expect(() => (make().constructor as typeof Subjects).fromJSON(json)).toThrow(RangeError);
  });
});

test('subjects of a value are too many to tell from some hundreds on', () => {
  const one = (hash: number) => {
    const set = new Subjects();
    set.add(hash);
    return set;
  };
  const many = together([undefined, ...hashes(2000).map(one)]);
  expect(many.size).toBe(Number.POSITIVE_INFINITY);
  expect(stored(many)).toEqual(['f'.repeat(16)]);
  expect(stored(new Subjects())).toEqual([]);
});

describe('subjects of messages', () => {
  const of = (given: readonly number[]) => {
    const set = new SubjectCount();
    for (const one of given) set.add(one);
    return set;
  };

  test.each([200, 1000, 5000, 40_000])('%d are counted to a fifth', (count) => {
    const sizes = Array.from({ length: 8 }, (_, i) => of(hashes(count, `${i}/`)).size);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(Math.abs(mean / count - 1)).toBeLessThan(0.2);
  });

  test.each([3, 12, 100, 400, 3000])('%d are known again', (count) => {
    const set = of(hashes(count));
    expect(set.holds(of(hashes(count)))).toBe(true);
    expect(set.holds(of(hashes(count, 'others')))).toBe(false);
  });

  test('some of them are held, but half of others are not', () => {
    const set = of(hashes(100));
    expect(set.holds(of(hashes(30)))).toBe(true);
    expect(set.holds(of([...hashes(30), ...hashes(30, 'others')]))).toBe(false);
  });
});
