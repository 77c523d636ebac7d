import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callRef } from '../../../src/profile/schema/call-ref.ts';
import { decodeNode, encodeNode } from '../../../src/profile/schema/codec.ts';
import { mergeNode } from '../../../src/profile/schema/merge.ts';
import { SchemaNode } from '../../../src/profile/schema/node.ts';
import { observeValue } from '../../../src/profile/schema/observe.ts';
import { json } from './make.ts';

const bytes = (node: SchemaNode) => JSON.stringify(encodeNode(node));

function parts(values: readonly unknown[], cuts: readonly number[], count: number): SchemaNode[] {
  const nodes = Array.from({ length: count }, () => new SchemaNode());
  values.forEach((value, i) => {
    const ref = { ...callRef(`call${i}`), asked: ['a', i % 3, 'card'] };
    observeValue(nodes[(cuts[i] ?? 0) % count] as SchemaNode, value, ref);
  });
  return nodes;
}

const wide = fc
  .array(fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), fc.integer()), {
    minLength: 150,
    maxLength: 200,
  })
  .map((entries) => Object.fromEntries(entries));

describe('mergeNode', () => {
  it('gives the bytes of the whole, in any order and split, through JSON', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 20, arbitrary: json }, { weight: 1, arbitrary: wide }), {
          maxLength: 40,
        }),
        fc.array(fc.nat(4), { minLength: 40, maxLength: 40 }),
        fc.boolean(),
        (values, cuts, backwards) => {
          const [whole] = parts(values, [], 1) as [SchemaNode];
          const shards = parts(values, cuts, 5);
          if (backwards) shards.reverse();
          const merged = new SchemaNode();
          for (const shard of shards) {
            mergeNode(merged, decodeNode(JSON.parse(bytes(shard))));
          }
          expect(bytes(merged)).toBe(bytes(whole));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('is associative where objects become maps on the way', () => {
    const many = Array.from({ length: 120 }, (_, i) => ({
      [`k${String.fromCharCode(97 + (i % 26))}${'xyz'[i % 3]}`]: {
        [`v_${'ab'.repeat(i % 20)}q${i % 7}`]: [i],
      },
      common: { type: i % 2 ? 'a' : 'b', [`f${'x'.repeat(i)}`]: 1 },
    }));
    const wideOnes = Array.from({ length: 6 }, (_, j) =>
      Object.fromEntries(
        Array.from({ length: 60 }, (_, i) => [`n${'q'.repeat(j)}${'w'.repeat(i)}`, { a: i }]),
      ),
    );
    const values = [...many, ...wideOnes];
    const whole = bytes((parts(values, [], 1) as [SchemaNode])[0]);
    for (const count of [2, 3, 7]) {
      const shards = parts(
        values,
        values.map((_, i) => i * 5),
        count,
      ).reverse();
      const merged = new SchemaNode();
      for (const shard of shards) mergeNode(merged, shard);
      expect(bytes(merged)).toBe(whole);
    }
  });
});

const TEXT = { empty: 0, masked: 0, formats: 0, lengths: [], values: null };

describe('decodeNode', () => {
  it.each([
    null,
    [],
    { types: [[9, 1, []]] },
    { types: [[0, -1, []]] },
    { types: [[0, 1, [1]]] },
    { types: [], string: {} },
    { types: [], string: { ...TEXT, sample: { level: 0, counts: [[1e15, [[0, 1e15]]]] } } },
    { types: [], string: { ...TEXT, values: [['jane@example.com', 3]] } },
    { types: [], object: { properties: [['a']] } },
    { types: [], array: { shortest: 0 } },
  ])('refuses %j', (raw) => {
    expect(() => decodeNode(raw as never)).toThrow(RangeError);
  });

  it('refuses a schema deeper than it can have written', () => {
    let raw: unknown = { types: [] };
    for (let i = 0; i < 100; i++) {
      raw = {
        types: [],
        object: { properties: [['a', raw]], patterns: [], mapped: false, shapes: [], variants: [] },
      };
    }
    expect(() => decodeNode(raw as never)).toThrow(RangeError);
  });
});

describe('room', () => {
  /** Many objects side by side, and below some of them many more: what a hostile sender would send. */
  function* hostile(): Generator<unknown> {
    const flat = (from: number) =>
      Object.fromEntries(
        Array.from({ length: 125 }, (_, i) => [`w${letters(from + i)}`, { a: 1 }]),
      );
    const branch = (level: number, i: number): unknown =>
      level === 0
        ? { a: 1, list: [{ b: 2 }] }
        : Object.fromEntries(
            Array.from({ length: 6 }, (_, j) => [
              `n${letters(i * 31 + j * 7)}`,
              branch(level - 1, i),
            ]),
          );
    yield flat(0);
    yield flat(125);
    for (let i = 0; i < 8; i++) yield { same: branch(3, i), [`x${letters(i)}`]: branch(2, i) };
  }

  it('bounds what nested names can take, in any order and split', () => {
    const values = [...hostile()];
    const whole = bytes((parts(values, [], 1) as [SchemaNode])[0]);
    for (const count of [2, 3, 5]) {
      const cuts = values.map((_, i) => i * 7 + 1);
      for (const shards of [parts(values, cuts, count), parts(values, cuts, count).reverse()]) {
        const merged = new SchemaNode();
        for (const shard of shards) mergeNode(merged, decodeNode(JSON.parse(bytes(shard))));
        expect(bytes(merged)).toBe(whole);
      }
    }
  });

  it('says where it ends', () => {
    const [node] = parts([...hostile()], [], 1) as [SchemaNode];
    expect(bytes(node)).toContain('"capped":true');
    expect(bytes(node)).toContain('"mapped":true');
  });
});

function letters(n: number): string {
  return [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}
