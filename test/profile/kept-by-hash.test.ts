import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Examples } from '../../src/profile/examples.ts';
import { KeptNames } from '../../src/profile/kept-names.ts';
import { callRef, Witness } from '../../src/profile/schema/call-ref.ts';
import { hash32 } from '../../src/support/hash.ts';
import { byCodeUnit } from '../../src/support/json.ts';

/** Two and two whose hashes are equal, and others. */
const TWINS = ['2391dx', '76mmiq', '1vakn1q', 'mu7er9'];
const id = fc.oneof(
  fc.constantFrom(...TWINS),
  fc.nat(30).map((n) => `n1/${n}`),
);
const ids = fc.array(id, { maxLength: 12 });

/** Those with the smallest hashes, the smaller name first of equal ones. */
function smallest(given: readonly string[], limit: number): string[] {
  return [...new Set(given)]
    .sort((a, b) => hash32(a) - hash32(b) || byCodeUnit(a, b))
    .slice(0, limit);
}

function witnessOf(given: readonly string[]): Witness {
  const witness = new Witness();
  for (const one of given) witness.add(one, callRef(one).hash);
  return witness;
}

describe('examples', () => {
  it('have names whose hashes are equal among those tried here', () => {
    expect(hash32('2391dx')).toBe(hash32('76mmiq'));
    expect(hash32('1vakn1q')).toBe(hash32('mu7er9'));
  });

  it('of calls are three, the same in any order and cut', () => {
    fc.assert(
      fc.property(ids, fc.nat(12), (given, cut) => {
        const merged = new Examples(3, given.slice(cut));
        merged.merge(new Examples(3, given.slice(0, cut)));
        expect(merged.ids).toEqual(smallest(given, 3));
        expect(new Examples(undefined, given).ids).toEqual(smallest(given, 3));
        expect(new Examples(1, given.toReversed()).ids).toEqual(smallest(given, 1));
      }),
      { numRuns: 60 },
    );
  });

  it('of what a schema says are two, the same in any order and cut', () => {
    fc.assert(
      fc.property(ids, fc.nat(12), (given, cut) => {
        const merged = witnessOf(given.slice(cut));
        merged.merge(witnessOf(given.slice(0, cut)));
        expect(merged.ids).toEqual(smallest(given, 2));
        expect(witnessOf(given.toReversed()).ids).toEqual(smallest(given, 2));
        expect(Witness.fromJSON(merged.ids).ids).toEqual(merged.ids);
      }),
      { numRuns: 60 },
    );
  });

  it('keep the first of two whose hashes are equal, whichever came first', () => {
    for (const pair of [TWINS.slice(0, 2), TWINS.slice(2)]) {
      for (const order of [pair, pair.toReversed()]) {
        expect(new Examples(1, order).ids).toEqual([pair[0]]);
        expect(witnessOf(order).ids).toEqual(pair);
        const kept = new KeptNames(1, () => ({}));
        for (const name of order) kept.at(name);
        expect(kept.entries().map(([name]) => name)).toEqual([pair[0]]);
      }
    }
  });
});

it('names are kept up to the limit, in code-unit order', () => {
  fc.assert(
    fc.property(ids, fc.integer({ min: 1, max: 6 }), (given, limit) => {
      const kept = new KeptNames(limit, () => ({ seen: 0 }));
      for (const name of given) kept.at(name);
      expect(kept.entries().map(([name]) => name)).toEqual(smallest(given, limit).sort(byCodeUnit));
    }),
    { numRuns: 60 },
  );
});
