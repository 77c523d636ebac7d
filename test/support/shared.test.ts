import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Shared } from '../../src/support/shared.ts';

interface Item {
  readonly n: number;
}

const isEqual = (a: Item, b: Item) => a.n === b.n;

it('gives what is equal, whatever the keys', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 20 }), (numbers, keys) => {
      const shared = new Shared<Item>(({ n }) => `${n % keys}`, isEqual);
      expect(numbers.map((n) => shared.of({ n }).n)).toEqual(numbers);
    }),
  );
});

it('gives the first of them, also among many others', () => {
  const shared = new Shared<Item>(({ n }) => `${n}`, isEqual);
  const first = { n: 0 };
  shared.of(first);
  for (let n = 1; n < 4_096; n++) shared.of({ n });
  expect(shared.of({ n: 0 })).toBe(first);
});

it('forgets in the end, so that it is bounded', () => {
  const shared = new Shared<Item>(({ n }) => `${n}`, isEqual);
  const first = { n: 0 };
  shared.of(first);
  for (let n = 1; n <= 4_096; n++) shared.of({ n });
  expect(shared.of({ n: 0 })).not.toBe(first);
});
