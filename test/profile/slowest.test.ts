import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Slowest } from '../../src/profile/slowest.ts';
import { byCodeUnit } from '../../src/support/json.ts';

const calls = fc.uniqueArray(fc.tuple(fc.string({ maxLength: 3 }), fc.nat(6)), {
  maxLength: 12,
  selector: ([id]) => id,
});

function slowestOf(given: readonly (readonly [string, number])[]): Slowest {
  const slowest = new Slowest();
  for (const [id, latency] of given) slowest.add(id, latency);
  return slowest;
}

test('the slowest calls are the first three by latency, then name, in any order and cut', () => {
  fc.assert(
    fc.property(calls, fc.nat(12), (given, cut) => {
      const three = given
        .toSorted((a, b) => b[1] - a[1] || byCodeUnit(a[0], b[0]))
        .slice(0, 3)
        .map(([id, latency]) => [id, latency]);
      expect(slowestOf(given).calls).toEqual(three);
      expect(slowestOf(given.toReversed()).toJSON()).toEqual(three);
      const merged = slowestOf(given.slice(cut));
      merged.merge(slowestOf(given.slice(0, cut)));
      expect(merged.calls).toEqual(three);
      expect(Slowest.fromJSON(merged.toJSON()).calls).toEqual(three);
    }),
    { numRuns: 50 },
  );
});
