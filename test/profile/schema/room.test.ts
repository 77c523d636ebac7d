import { describe, expect, it } from 'vitest';
import { callRef } from '../../../src/profile/schema/call-ref.ts';
import { decodeNode, encodeNode } from '../../../src/profile/schema/codec.ts';
import { mergeNode } from '../../../src/profile/schema/merge.ts';
import { SchemaNode } from '../../../src/profile/schema/node.ts';
import { observeValue } from '../../../src/profile/schema/observe.ts';
import { observed } from './make.ts';

/** Letters only: looks like a field's name. */
const word = (i: number) => [...String(i)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
const fields = (count: number, value: unknown, prefix = 'f') =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${word(i)}`, value]));
const at = (node: SchemaNode, ...names: string[]) =>
  names.reduce<SchemaNode | undefined>((one, name) => {
    const { properties, patterns } = one?.object ?? {};
    return properties?.get(name)?.node ?? patterns?.get(name);
  }, node);
const bytes = (node: SchemaNode) => JSON.stringify(encodeNode(node));

describe('named fields', () => {
  it.each([
    [256, false],
    [257, true],
  ])('that are %d are data: %s', (count, mapped) => {
    const node = observed([fields(count, 1)]);
    encodeNode(node);
    expect(node.object?.mapped).toBe(mapped);
    expect(node.object?.properties.size).toBe(mapped ? 0 : count);
    if (mapped) expect(at(node, '{any}')?.total).toBe(count);
  });

  it('are data where the objects together have too many', () => {
    const halves = [fields(150, 1, 'x'), fields(150, 1, 'y')];
    const node = observed(halves);
    encodeNode(node);
    expect([node.object?.mapped, at(node, '{any}')?.total]).toEqual([true, 300]);
    const merged = observed(halves.slice(0, 1));
    mergeNode(merged, observed(halves.slice(1)));
    expect([merged.object?.mapped, at(merged, '{any}')?.total]).toEqual([true, 300]);
  });
});

describe('the room of what an object holds', () => {
  /** Beside so many others, a field with more fields than its share of the room. */
  const wide = (inside: unknown) => ({ wide: fields(210, inside) });
  const others = fields(249, { a: 1 });

  it('is shared with the objects and lists beside it', () => {
    for (const beside of [others, fields(249, [])]) {
      const node = observed([wide(1), beside]);
      encodeNode(node);
      expect(at(node, 'wide')?.object?.mapped).toBe(true);
    }
    const roomy = observed([wide(1), fields(249, 1)]);
    encodeNode(roomy);
    expect(at(roomy, 'wide')?.object?.mapped).toBe(false);
  });

  it('counts each name once, however often it held an object', () => {
    const node = observed([...Array(6).fill(fields(40, { a: 1 })), wide(1)]);
    encodeNode(node);
    expect(at(node, 'wide')?.object?.mapped).toBe(false);
    const merged = observed([wide(1)]);
    for (let i = 0; i < 6; i++) mergeNode(merged, observed([fields(40, { a: 1 })]));
    encodeNode(merged);
    expect(at(merged, 'wide')?.object?.mapped).toBe(false);
  });

  it.each([
    ['lists', [1], true],
    ['empty lists', [], false],
    ['objects', { a: 1 }, true],
    ['maps', { '42': 1 }, true],
    ['empty objects', {}, false],
    ['numbers', 1, false],
  ])(
    'may not reach for %s: they are told as not looked at, where they hold something',
    (_, inside, capped) => {
      const orders = [
        [wide(inside), others],
        [others, wide(inside)],
      ];
      for (const values of orders) {
        const node = observed(values);
        encodeNode(node);
        const below = at(node, 'wide', '{any}');
        expect(below?.total).toBe(210);
        expect([below?.capped, below?.array, below?.object]).toEqual([
          capped,
          undefined,
          undefined,
        ]);
      }
    },
  );

  it('ends alike in any order and cut, through JSON', () => {
    const values = [wide([1]), others, { wide: { more: [[2]] } }, { '7': wide([1]) }];
    const of = (...picked: number[]) => {
      const node = new SchemaNode();
      for (const i of picked) observeValue(node, values[i], callRef(`c${i}`));
      return node;
    };
    const whole = bytes(of(0, 1, 2, 3));
    expect(bytes(of(3, 2, 1, 0))).toBe(whole);
    for (const [a, b] of [
      [of(0), of(1, 2, 3)],
      [of(1, 2, 3), of(0)],
      [of(1, 3), of(0, 2)],
      [of(2, 0), of(3, 1)],
    ] as const) {
      const merged = decodeNode(JSON.parse(bytes(a)));
      mergeNode(merged, decodeNode(JSON.parse(bytes(b))));
      expect(bytes(merged)).toBe(whole);
    }
  });

  it('ends alike where more is seen after it was read back', () => {
    const again = decodeNode(JSON.parse(bytes(observed([others]))));
    observeValue(again, wide([1]), callRef('late'));
    const whole = observed([others]);
    observeValue(whole, wide([1]), callRef('late'));
    expect(bytes(again)).toBe(bytes(whole));
  });
});

describe('what lies deep', () => {
  const depths: [string, (value: unknown) => unknown][] = [
    ['fields', (value) => ({ a: value })],
    ['maps', (value) => ({ '42': value })],
    ['lists', (value) => [value]],
  ];

  it.each(depths)('is looked at 32 levels down, through %s', (_, wrap) => {
    const capped = (levels: number, innermost: unknown) => {
      let value = innermost;
      for (let i = 0; i < levels; i++) value = wrap(value);
      return bytes(observed([value])).includes('"capped":true');
    };
    expect(capped(32, 1)).toBe(false);
    expect(capped(32, {})).toBe(false);
    expect(capped(32, [])).toBe(false);
    expect(capped(33, 1)).toBe(true);
    expect(capped(32, { a: 1 })).toBe(true);
    expect(capped(32, [1])).toBe(true);
  });

  it('is never kept, however deep it is', () => {
    for (const [, wrap] of depths) {
      let value: unknown = 1;
      for (let i = 0; i < 40; i++) value = wrap(value);
      let node: SchemaNode | undefined = observed([value]);
      let levels = 0;
      while (node?.array || node?.object) {
        levels++;
        node = node.array?.items ?? at(node, 'a') ?? at(node, '{int}');
      }
      expect(levels).toBe(32);
      expect(node?.capped).toBe(true);
    }
  });
});
