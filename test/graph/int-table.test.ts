import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ABSENT, IntTable } from '../../src/graph/int-table.ts';

it('numbers keys as a Map would, in the order of their first add', () => {
  const key = fc.oneof(fc.nat(40), fc.maxSafeNat(), fc.constantFrom(2 ** 32, 2 ** 31, 2 ** 52));
  fc.assert(
    fc.property(fc.array(key, { maxLength: 300 }), fc.array(key), (added, asked) => {
      const table = new IntTable();
      const map = new Map<number, number>();
      for (const one of added) {
        if (!map.has(one)) map.set(one, map.size);
        expect(table.add(one)).toBe(map.get(one));
      }
      for (const one of [...added, ...asked]) expect(table.get(one)).toBe(map.get(one) ?? ABSENT);
      expect([...table.keys()]).toEqual([...map.keys()]);
      expect(table.size).toBe(map.size);
    }),
  );
});
