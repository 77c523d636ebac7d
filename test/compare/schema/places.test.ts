import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeAt, schemasAt } from '../../../src/compare/schema/locate.ts';
import { isMap, mapValues } from '../../../src/compare/schema/maps.ts';
import {
  escapePointer,
  splitPointer,
  unescapePointer,
} from '../../../src/compare/schema/pointer.ts';
import type { SchemaNode } from '../../../src/profile/schema/node.ts';
import { observed } from '../../profile/schema/make.ts';
import { fieldAt } from '../../support/judgements.ts';
import { operationPair, statsOf } from '../view/make.ts';

describe('a step of a pointer', () => {
  it('is escaped and read back, whatever the name', () => {
    const name = fc.string({ unit: fc.constantFrom('~', '/', '0', '1', 'a') });
    fc.assert(
      fc.property(name, name, (parent, last) => {
        const step = escapePointer(last);
        expect(step).not.toContain('/');
        expect(unescapePointer(step)).toBe(last);
        const above = `/${escapePointer(parent)}`;
        expect(splitPointer(`${above}/${step}`)).toEqual({ parent: above, name: last });
      }),
    );
    expect(escapePointer('a/b~1/~')).toBe('a~1b~01~1~0');
    expect(splitPointer('/a')).toEqual({ parent: '', name: 'a' });
    expect(splitPointer('')).toBeUndefined();
  });
});

describe('the schema at a pointer', () => {
  const root = observed([
    { a: { 'b/c': 1 }, list: [{ x: 1 }, { x: 'y' }], pair: [1, 'x'], empty: {} },
    { a: { 'b/c': 'x' }, list: [{ x: null }], pair: [2, 'y'], empty: {} },
  ]);
  const typesAt = (pointer: string) => {
    const node = nodeAt(root, pointer);
    return node && [node.total, node.count('integer'), node.count('string')];
  };

  it('is that of a field, of an item, of all items', () => {
    expect(nodeAt(root, '')).toBe(root);
    expect(typesAt('/a/b~1c')).toEqual([2, 1, 1]);
    expect(typesAt('/list/*/x')).toEqual([3, 1, 1]);
    expect(typesAt('/pair/0')).toEqual([2, 2, 0]);
    expect(typesAt('/pair/1')).toEqual([2, 0, 2]);
    expect(typesAt('/pair/*')).toEqual([4, 2, 2]);
  });

  it('is that of all values of a map, or of an object whose names are taken for data', () => {
    const map = observed(
      Array.from({ length: 30 }, (_, i) => ({ [`${100000 + i}`]: i, [`${200000 + i}`]: 'x' })),
    );
    expect(nodeAt(map, '/*')?.total).toBe(60);
    const named = observed([{ a: 1 }, { b: 'x' }]);
    expect(nodeAt(named, '/*')?.total).toBe(2);
  });

  it('is none where nothing was seen', () => {
    expect(nodeAt(root, '/b')).toBeUndefined();
    expect(nodeAt(root, '/b/c')).toBeUndefined();
    expect(nodeAt(root, '/pair/7')).toBeUndefined();
    expect(nodeAt(root, '/list/x')).toBeUndefined();
    expect(nodeAt(root, '/a/b~1c/*')?.total).toBe(0);
  });
});

describe('the schemas that a place lies in', () => {
  const type = (name: string) => new Map([['content-type', name]]);
  const made = statsOf(3, (i) => ({
    path: '/things?page=1',
    status: i ? '200' : '404',
    requestHeaders: type('application/x-www-form-urlencoded'),
    requestBody: { state: 'whole', text: 'f=1' },
    responseHeaders: type('application/json'),
    responseBody: { state: 'whole', text: i ? '{"a":1}' : '{"b":1}' },
  }));
  const pair = operationPair('things POST /things', made, statsOf(0));
  const fields = (path: string) => {
    const { base, cand } = schemasAt(pair, fieldAt(path));
    expect(cand).toBeUndefined();
    return base && [...(base.object?.properties.keys() ?? [])];
  };

  it('are those of its message and part', () => {
    expect(fields('response 200')).toEqual(['a']);
    expect(fields('response 404')).toEqual(['b']);
    expect(fields('request form')).toEqual(['f']);
    expect(fields('request query')).toEqual(['page']);
    expect(fields('request')).toBeUndefined();
    expect(fields('response 500')).toBeUndefined();
    expect(fields('response 200 else')).toBeUndefined();
  });
});

describe('the names of objects', () => {
  const objects = (values: readonly object[]) => {
    const node = observed(values);
    return { node, facts: node.object as NonNullable<SchemaNode['object']> };
  };
  /** `objects` objects, each with some of `names` names. */
  const spread = (count: number, names: number, each: number) =>
    objects(
      Array.from({ length: count }, (_, i) =>
        Object.fromEntries(
          Array.from({ length: each }, (_, k) => [
            `n${'abcdefghijklmnopqrst'[(i * each + k) % names]}`,
            i,
          ]),
        ),
      ),
    );

  it('are data where there are many, each rare', () => {
    const rare = spread(60, 12, 2);
    expect(isMap(rare, rare)).toBe(true);
    const few = spread(60, 11, 2);
    expect(isMap(few, few)).toBe(false);
    const often = spread(60, 12, 5);
    expect(isMap(often, often)).toBe(false);
    expect(isMap(spread(60, 12, 4), spread(60, 12, 4))).toBe(true);
  });

  it('are fields where one of them is nearly always there, or there are few objects', () => {
    const withId = (count: number) =>
      objects(
        Array.from({ length: 60 }, (_, i) => ({
          [`n${'abcdefghijklmn'[i % 14]}`]: 1,
          ...(i < count && { id: i }),
        })),
      );
    expect(isMap(withId(53), withId(53))).toBe(true);
    expect(isMap(withId(54), withId(54))).toBe(false);
    expect(isMap(withId(53), withId(54))).toBe(false);
    const wide = (count: number) => spread(count, 20, 5);
    expect(isMap(wide(3), wide(3))).toBe(true);
    expect(isMap(wide(2), wide(9))).toBe(false);
    expect(isMap(wide(9), wide(2))).toBe(false);
  });

  it('are data on both sides where one side has them mapped', () => {
    const letters = [...'abcdefghijklmnopqrst'];
    const names = letters.flatMap((a) => letters.map((b) => [`field${a}${b}`, 1] as const));
    const mapped = objects([Object.fromEntries(names)]);
    const named = objects([{ a: 1 }]);
    expect(mapped.facts.mapped).toBe(true);
    expect([isMap(mapped, named), isMap(named, mapped)]).toEqual([true, true]);
  });

  it('that are data have their values as one; else those alone that look like data', () => {
    const both = objects([
      { name: 1, 123456: 'x' },
      { name: 2, 654321: 'y' },
    ]);
    expect(mapValues(both, true).total).toBe(4);
    expect(mapValues(both, false).total).toBe(2);
    expect(mapValues(objects([{ name: 1 }]), false).total).toBe(0);
  });
});
