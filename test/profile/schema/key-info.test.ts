import { describe, expect, it } from 'vitest';
import { KeyInfo } from '../../../src/profile/schema/key-info.ts';

/** As told of a name that was never met before: `keyInfo` remembers its answers. */
describe('a name', () => {
  it.each([
    ['userId', undefined],
    ['x-1', undefined],
    ['a b', undefined],
    ['1.2.3', undefined],
    ['1.2.34', '{id}'],
    ['1.2.3-some-long-tag', undefined],
    ['1.2.3-some-long-tags', '{id}'],
    ['sku-100', undefined],
    ['sku-1001', '{id}'],
    ['x(1)2(3)4(5)', undefined],
    ['x(1)2(3)4(5)6', '{id}'],
    ['dGhpcIzQVRvaVuVmFsdWVYeV', undefined],
    ['dGhpcIzQVRvaVuVmFsdWVYeVo', '{id}'],
    ['thisIsAVeryLongFieldNameForSure', undefined],
    ['sk_live_abcdefghijkl', '{id}'],
    ['you@', '{id}'],
    ['42', '{int}'],
    ['2026-01-05', '{date}'],
    ['2026-01-05T10:00:00Z', '{datetime}'],
    ['10:00:00', '{time}'],
    ['10.0.0.1', '{ip}'],
    ['a@example.com', '{email}'],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '{ulid}'],
    ['eyJhbGciOi.eyJzdWIiOi.c2ln', '{jwt}'],
    ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', '{uuid}'],
    [`${'x'.repeat(128)}`, '{id}'],
    [`${'x'.repeat(129)}`, '{text}'],
  ])('%s is data: %s', (name, pattern) => {
    expect(new KeyInfo(name).pattern).toBe(pattern);
  });

  it.each([
    ['user_type', true],
    ['userState', true],
    ['status_', true],
    ['-', true],
    ['', true],
    ['type_name', false],
    ['typeName', false],
    ['name_', false],
    ['TYPE.NAME', false],
    ['address2', false],
    ['password', false],
    [`${'x'.repeat(129)}`, false],
  ])('%s may hold an enumeration: %s', (name, may) => {
    const info = new KeyInfo(name);
    expect([info.enumerable, info.enumerable]).toEqual([may, may]);
  });

  it('tells variants apart by its rank', () => {
    const ranks = ['__typename', '@type', 'state', 'colour'].map((name) => new KeyInfo(name).rank);
    expect(ranks).toEqual([0, 1, 12, Number.POSITIVE_INFINITY]);
  });

  it('has a hash of 44 bits, of which 256 add up exactly', () => {
    const hashes = ['2391dx', '76mmiq', 'a', 'b', ''].map((name) => new KeyInfo(name).hash);
    expect(new Set(hashes).size).toBe(5);
    for (const hash of hashes) {
      expect(Number.isSafeInteger(256 * hash)).toBe(true);
      expect(hash).toBeGreaterThanOrEqual(0);
    }
    expect(Math.max(...hashes)).toBeGreaterThan(2 ** 32);
  });
});
