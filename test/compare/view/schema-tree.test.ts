import { describe, expect, it } from 'vitest';
import { drawTree, type SchemaField } from '../../../src/compare/view/schema-tree.ts';
import { callRef } from '../../../src/profile/schema/call-ref.ts';
import { SchemaNode } from '../../../src/profile/schema/node.ts';
import { observeValue } from '../../../src/profile/schema/observe.ts';

function schemaOf(...values: readonly unknown[]): SchemaNode {
  const node = new SchemaNode();
  values.forEach((value, i) => {
    observeValue(node, value, callRef(`call-${i}`));
  });
  return node;
}

const room = () => ({ fields: 1000 });
const names = ({ children = [] }: SchemaField) => children.map(({ name }) => name);

describe('the fields around what changed', () => {
  const base = schemaOf({ a: { b: { c: 1, d: 2 }, e: [1] }, f: { g: 1 } });
  const cand = schemaOf({ a: { b: { d: 2 }, e: [1] }, f: { g: 1 } });

  it('are the way there and what stands beside it; the rest is counted', () => {
    const tree = drawTree(base, cand, ['/a/b/c'], room());
    expect(names(tree)).toEqual(['a', 'f']);
    const [a, f] = tree.children as [SchemaField, SchemaField];
    expect(names(a)).toEqual(['b', 'e']);
    expect(f).toMatchObject({ leftOut: 1 });
    expect(f.children).toBeUndefined();
    const [b] = a.children as [SchemaField];
    const [c, d] = b.children as [SchemaField, SchemaField];
    expect(c).toEqual({
      name: 'c',
      baseline: { type: 'integer', some: 1, all: 1 },
      candidate: null,
    });
    expect(d.candidate).toEqual({ type: 'integer', some: 1, all: 1 });
  });

  it('end where there is no room, and say so', () => {
    const wide = schemaOf(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}`, i])));
    const tree = drawTree(wide, wide, ['/f199'], { fields: 20 });
    const shown = tree.children?.length ?? 0;
    expect(shown).toBeLessThanOrEqual(20);
    expect(shown + (tree.leftOut ?? 0)).toBe(200);
    expect(names(tree)).toContain('f199');
  });

  it('stand under a star for the items of arrays and for names that are data', () => {
    const items = schemaOf({ list: [{ x: 1 }, { x: 2 }] });
    const tree = drawTree(items, items, ['/list/*/x'], room());
    expect(names(tree.children?.[0] as SchemaField)).toEqual(['*']);
    const byId = schemaOf(
      ...Array.from({ length: 30 }, (_, i) => ({ [`customer${i}`]: { x: 1 } })),
    );
    expect(names(drawTree(byId, byId, ['/*/x'], room()))).toEqual(['*']);
  });

  it('tell how often an optional field was there', () => {
    const half = schemaOf({ a: 1 }, {}, { a: null }, {});
    expect(drawTree(half, undefined, ['/a'], room()).children?.[0]).toEqual({
      name: 'a',
      baseline: { type: 'integer or null', some: 2, all: 4 },
      candidate: null,
    });
  });

  it('tell the format that all texts have, unless some say nothing', () => {
    const typeOf = (...values: readonly unknown[]) =>
      drawTree(schemaOf(...values), undefined, [''], room()).baseline?.type;
    const [day, other] = ['2026-01-05', '2026-01-06'];
    expect(typeOf(day, other)).toBe('string (date)');
    expect(typeOf(day, null)).toBe('string (date) or null');
    expect(typeOf(day, 'a b')).toBe('string');
    expect(typeOf(day, '')).toBe('string');
    expect(typeOf(day, '[redacted]')).toBe('string');
    expect(typeOf(1, 2)).toBe('integer');
  });

  it('tell how many values were seen: of the whole, of items, and of a side that saw none', () => {
    const one = schemaOf({ list: [1, 2, 3] }, { list: [4] });
    expect(drawTree(one, undefined, ['/list/*'], room())).toEqual({
      name: '',
      baseline: { type: 'object', some: 2, all: 2 },
      candidate: null,
      children: [
        {
          name: 'list',
          baseline: { type: 'array', some: 2, all: 2 },
          candidate: null,
          children: [
            { name: '*', baseline: { type: 'integer', some: 4, all: 4 }, candidate: null },
          ],
        },
      ],
    });
    expect(drawTree(undefined, one, [''], room())).toMatchObject({
      baseline: null,
      candidate: { some: 2, all: 2 },
      children: [{ name: 'list', candidate: { some: 2 }, children: [{ candidate: { all: 4 } }] }],
    });
    expect(drawTree(new SchemaNode(), one, [], room()).baseline).toBeNull();
  });

  it('lie two steps below what changed at most, and sixteen below the body', () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
    const depthOf = (field: SchemaField | undefined): number =>
      field?.children ? 1 + depthOf(field.children[0]) : 0;
    const node = schemaOf(deep(30));
    expect(depthOf(drawTree(node, node, ['/a'], room()))).toBe(3);
    expect(depthOf(drawTree(node, node, [], room()))).toBe(0);
    expect(depthOf(drawTree(node, node, ['/a'.repeat(30)], room()))).toBe(16);
    expect(drawTree(node, node, [], room()).leftOut).toBe(1);
  });

  it('are sixty of one object, those that changed among them, by name', () => {
    const wide = schemaOf(
      Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`f${100 + i}`, i])),
    );
    const tree = drawTree(wide, wide, ['/f169'], room());
    expect(tree.children).toHaveLength(60);
    expect(tree.leftOut).toBe(10);
    expect(names(tree)).toEqual(names(tree).toSorted());
    expect(names(tree).at(-1)).toBe('f169');
  });
});
