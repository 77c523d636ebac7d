import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Counter } from '../../src/support/counter.ts';

const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__', ''));

function counterOf(list: readonly string[]): Counter {
  const counter = new Counter(4);
  for (const name of list) counter.add(name);
  return counter;
}

test('any cut in any order counts alike, also past the limit', () => {
  fc.assert(
    fc.property(names, names, (a, b) => {
      const merged = counterOf(b);
      merged.merge(counterOf(a));
      expect(JSON.stringify(merged)).toBe(JSON.stringify(counterOf([...a, ...b])));
      expect(merged.total()).toBe(a.length + b.length);
      expect(JSON.stringify(Counter.fromJSON(JSON.parse(JSON.stringify(merged)), 4))).toBe(
        JSON.stringify(merged),
      );
    }),
  );
});
