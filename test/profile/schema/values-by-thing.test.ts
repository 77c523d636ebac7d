import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callRef } from '../../../src/profile/schema/call-ref.ts';
import { decodeNode, encodeNode } from '../../../src/profile/schema/codec.ts';
import { mergeNode } from '../../../src/profile/schema/merge.ts';
import { SchemaNode } from '../../../src/profile/schema/node.ts';
import { observeValue } from '../../../src/profile/schema/observe.ts';
import { ValuesByThing } from '../../../src/profile/schema/values-by-thing.ts';

type Seen = readonly [value: string | number, thing: number];

function valuesOf(seen: readonly Seen[]): ValuesByThing {
  const values = new ValuesByThing();
  for (const [value, thing] of seen) values.add(value, thing);
  return values;
}

const anySeen = fc.array(
  fc.tuple(fc.oneof(fc.string(), fc.integer(), fc.double()), fc.nat(2 ** 16 + 40)),
  { maxLength: 80 },
);

describe('values by thing', () => {
  it('are the same in any order and any cut, and as they were stored', () => {
    fc.assert(
      fc.property(anySeen, fc.nat(80), (seen, cut) => {
        const whole = valuesOf(seen).toJSON();
        const parts = [seen.slice(cut), seen.slice(0, cut)].map((part) => valuesOf(part));
        const merged = new ValuesByThing();
        for (const part of parts) merged.merge(part);
        expect(merged.toJSON()).toEqual(whole);
        expect(valuesOf(seen.toReversed()).toJSON()).toEqual(whole);
        expect(ValuesByThing.fromJSON(whole).toJSON()).toEqual(whole);
      }),
    );
  });

  it('are known of sixteen things, with whether they are always the same', () => {
    const every = Array.from({ length: 40 }, (_, i): Seen => [`v${i}`, 61 + ((7 * i) % 40)]);
    const { known } = valuesOf(every);
    expect(known.map(([thing]) => thing)).toEqual(Array.from({ length: 16 }, (_, i) => 61 + i));
    const single = Array.from({ length: 60 }, (_, i) => valuesOf([[i, 1]]).known[0]?.[1]);
    expect(single.filter((one) => one?.value === undefined || one.isRepeated)).toEqual([]);
    const [same, other, once] = valuesOf([
      ...([
        ['a', 1],
        ['a', 1],
        ['a', 2],
        ['c', 2],
        ['a', 3],
      ] as const),
    ]).known.map(([, answer]) => answer);
    expect(same).toEqual({ value: once?.value, isRepeated: true });
    expect(other).toEqual({ value: undefined, isRepeated: true });
    expect(once?.isRepeated).toBe(false);
  });

  it('tell long texts apart by both ends and their length', () => {
    const long = (text: string) => `${'a'.repeat(127)}${text}${'b'.repeat(127)}`;
    const hash = (text: string) => valuesOf([[text, 1]]).known[0]?.[1].value;
    for (const inside of '+*/~') expect(hash(long(`x${inside}y`))).toBe(hash(long('x-y')));
    const others = [long('x-yy'), long('z-y'), long('x-z'), `z${long('x-y').slice(1)}`];
    for (const other of others) expect(hash(other)).not.toBe(hash(long('x-y')));
    expect(hash(long('-+'))).not.toBe(hash(long('+-')));
  });
});

/** The answers at `/a/b` and what else a body may hold. */
function observed(bodies: readonly unknown[], isAnswer = true, first = 0): SchemaNode {
  const node = new SchemaNode();
  for (const [i, body] of bodies.entries()) {
    observeValue(node, body, {
      ...callRef(`c${first + i}`, first + i),
      ...(isAnswer && { isAnswer: true as const }),
    });
  }
  return node;
}

const at = (node: SchemaNode | undefined, ...names: readonly string[]) =>
  names.reduce((one, name) => one?.object?.properties.get(name)?.node, node)?.valuesByThing?.known
    .length;

const named = [
  { id: 7, of: { f: 1 } },
  { of: { f: 2 }, id: '7', name: 'x' },
  { name: 'y', of: { f: 3 } },
  { _id: 'z', name: 'z' },
  { id: null, name: 'u' },
  null,
  4,
];

describe('what is observed of answers', () => {
  it('is what an answer tells of the thing asked for, and of the items of lists that name themselves', () => {
    const body = { a: { b: 1, c: true, d: null }, list: [{ e: 1 }], text: 'x', named };
    const node = observed([body]);
    expect([at(node, 'a', 'b'), at(node, 'a', 'c'), at(node, 'text')]).toEqual([1, 1, 1]);
    expect([at(node, 'a', 'd'), at(node, 'a')]).toEqual([undefined, undefined]);
    const items = node.object?.properties.get('list')?.node.array?.items;
    expect(at(items, 'e')).toBeUndefined();
    const item = node.object?.properties.get('named')?.node.array?.items;
    expect([at(item, 'id'), at(item, 'of', 'f'), at(item, 'name')]).toEqual([0, 2, 1]);
    expect(at(observed([body], false), 'text')).toBeUndefined();
  });

  it('is nothing below names that are data, whenever they are too many', () => {
    const few = Object.fromEntries(
      Array.from({ length: 5 }, (_, i) => [`n${i}x`, { v: { w: i, l: [{ id: i, m: i }] } }]),
    );
    const many = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, i) => [
        `key${i.toString(36)}q`,
        { v: { w: i, l: [{ id: i, m: i }] } },
      ]),
    );
    const [one, other] = [observed([few, many]), observed([few])];
    mergeNode(other, observed([many], true, 1));
    for (const node of [one, other]) {
      expect(node.object?.mapped).toBe(true);
      for (const value of node.object?.patterns.values() ?? []) {
        expect(at(value, 'v', 'w')).toBeUndefined();
      }
    }
    expect(encodeNode(one)).toEqual(encodeNode(other));
  });

  it('is stored', () => {
    const node = observed([{ a: 1 }, { a: 2 }]);
    expect(JSON.stringify(encodeNode(observed([[{ id: 1 }]])))).not.toContain('answers');
    expect(at(decodeNode(encodeNode(node)), 'a')).toBe(2);
    for (const wrong of [
      [32 * 2 ** 16 + 1],
      [33, 34],
      [32],
      Array.from({ length: 17 }, (_, i) => 32 * i + 1),
    ]) {
      expect(() => ValuesByThing.fromJSON(wrong)).toThrow(RangeError);
    }
  });
});
