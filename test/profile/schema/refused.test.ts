import { describe, expect, it } from 'vitest';
import { Witness } from '../../../src/profile/schema/call-ref.ts';
import { decodeNode } from '../../../src/profile/schema/codec.ts';
import { EnumValues } from '../../../src/profile/schema/enum-values.ts';
import { ALL_FORMATS } from '../../../src/profile/schema/formats.ts';
import { Histogram } from '../../../src/profile/schema/histogram.ts';
import { count, fields, integer, list, pair, text } from '../../../src/profile/schema/json-read.ts';
import { Shapes } from '../../../src/profile/schema/shapes.ts';
import { TextSample } from '../../../src/profile/schema/text-sample.ts';
import { Variants } from '../../../src/profile/schema/variants.ts';
import { refuses } from '../refuses.ts';

const object = { properties: [], patterns: [], mapped: false, shapes: [], variants: [] };
const array = { shortest: 0, longest: 0, empty: 0, lengths: [], items: { types: [] } };
const of = (given: object) => ({ types: [], object: { ...object, ...given } });
const nested = (depth: number) => {
  let node: unknown = { types: [] };
  for (let i = 0; i < depth; i++) node = of({ properties: [['a', node]] });
  return node;
};
const listed = (depth: number) => {
  let node: unknown = { types: [] };
  for (let i = 0; i < depth; i++)
    node = { types: [], array: { ...array, items: node, positions: null } };
  return node;
};
const letter = (i: number) => String.fromCharCode(97 + i);

describe('damaged', () => {
  refuses([
    ['a record', fields, 'not a schema', [null, [], 'x', 1, true, undefined]],
    ['a list', (json) => list(json, 2), 'not a schema', [null, {}, 'x', { length: 1 }, [1, 2, 3]]],
    ['a count', count, 'not a schema', [null, '1', -1, 0.5, 2 ** 53]],
    ['a whole number', integer, 'not a schema', [null, '1', 0.5, 2 ** 53]],
    ['a text', (json) => text(json, 2), 'not a schema', [null, 1, ['a'], 'abc']],
    ['a pair', pair, 'not a schema', [null, 'ab', {}, [], [1], [1, 2, 3]]],
    [
      'an example',
      Witness.fromJSON,
      'not example calls',
      [null, {}, 'ab', ['a', 'b', 'c'], [1], ['a'.repeat(1025)]],
    ],
    ['a type', decodeNode, 'not a type', [{ types: [[7, 1, []]] }]],
    [
      'a node',
      decodeNode,
      'not a schema',
      [{ types: Array(8).fill([0, 1, []]) }, { types: [[0]] }],
    ],
    [
      'a map with fields',
      decodeNode,
      'not an object',
      [of({ mapped: true, properties: [['a', { types: [] }]] })],
    ],
    ['a deep schema', decodeNode, 'a schema too deep', [nested(33), listed(33)]],
    [
      'too many positions',
      decodeNode,
      'not a schema',
      [{ types: [], array: { ...array, positions: Array(5).fill({ types: [] }) } }],
    ],
    [
      'too many patterns',
      decodeNode,
      'not a schema',
      [of({ patterns: Array.from({ length: 33 }, (_, i) => [`{${i}}`, { types: [] }]) })],
    ],
    [
      'long names',
      decodeNode,
      'not a schema',
      [
        of({ properties: [['a'.repeat(129), { types: [] }]] }),
        of({ patterns: [['a'.repeat(129), { types: [] }]] }),
      ],
    ],
    [
      'an enumeration',
      EnumValues.fromJSON,
      'not an enumeration',
      [[['12', 1]], [['jane@example.com', 1]]],
    ],
    [
      'a large enumeration',
      EnumValues.fromJSON,
      'not a schema',
      [Array.from({ length: 25 }, (_, i) => [`w${letter(i)}`, 1]), [['a'.repeat(41), 1]]],
    ],
    [
      'a sample of texts',
      TextSample.fromJSON,
      'not a sample of texts',
      [
        { level: 0, counts: [[33, [[1, 1]]]] },
        { level: 0, counts: [[0, [[1, 1]]]], values: [2 ** 32] },
        { level: 0, counts: [[0, [[1, 0]]]] },
        { level: 0, counts: [[0, [[ALL_FORMATS + 1, 1]]]] },
      ],
    ],
    [
      'a large sample of texts',
      TextSample.fromJSON,
      'not a schema',
      [{ level: 0, counts: [[0, Array.from({ length: 65 }, (_, i) => [i, 1])]] }],
    ],
    ['a histogram', Histogram.fromJSON, 'not a histogram', [[[66, 1]], [[1, 0]]]],
    [
      'sets of fields',
      (json) => Shapes.fromJSON(json, ['a', 'b']),
      'not a set of fields',
      [[['z', 1, []]], [['w', 1, []]], [['4', 1, []]], [['10', 1, []]]],
    ],
    [
      'many sets of fields',
      (json) => Shapes.fromJSON(json, []),
      'not a schema',
      [Array(17).fill(['0', 1, []]), [['0'.repeat(129), 1, []]]],
    ],
    [
      'variants',
      (json) => Variants.fromJSON(json, ['a']),
      'not variants',
      [[['type', [['jane@example.com', [1, 1]]]]]],
    ],
    [
      'many variants',
      (json) => Variants.fromJSON(json, ['a']),
      'not a schema',
      [
        [['type', Array.from({ length: 13 }, (_, i) => [`w${letter(i)}`, [1]])]],
        [['type', [['card', [1, 1, 1]]]]],
        [['t'.repeat(129), null]],
        Array.from({ length: 14 }, (_, i) => [`t${i}`, null]),
      ],
    ],
  ]);
});

it('what has just enough is read', () => {
  const id = 'a'.repeat(1024);
  expect(Witness.fromJSON([id]).ids).toEqual([id]);
  expect(() => decodeNode(nested(32) as never)).not.toThrow();
  expect(() => decodeNode(listed(32) as never)).not.toThrow();
  expect(text('ab', 2)).toBe('ab');
  expect(list([1, 2], 2)).toEqual([1, 2]);
  expect(count(0)).toBe(0);
  expect(integer(-3)).toBe(-3);
  const full = [[32, [[ALL_FORMATS, 64]]]];
  expect(TextSample.fromJSON({ level: 0, counts: full as never }).size).toBe(64);
});

it('sets of fields are read back over the names', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const stored = [
    ['0', 1, ['x']],
    ['11', 2, ['y']],
  ];
  const shapes = Shapes.fromJSON(stored as never, names);
  expect(shapes.without('a')).toEqual(['x']);
  expect(shapes.without('b')).toEqual(expect.arrayContaining(['x', 'y']));
  expect(shapes.toJSON(names)).toEqual(expect.arrayContaining(stored));
});

it('variants are read back, those that tell nothing too', () => {
  const stored = [
    ['kind', null],
    ['type', [['card', [3, 2, 0]]]],
  ];
  const variants = Variants.fromJSON(stored as never, ['last', 'more']);
  expect(variants.toJSON(['last', 'more'])).toEqual(stored);
  const [[field, value, variant] = []] = [...variants.entries()];
  expect([field, value, variant?.count]).toEqual(['type', 'card', 3]);
  expect([...(variant?.present ?? [])]).toEqual([['last', 2]]);
});
