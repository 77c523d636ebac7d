import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callRef } from '../../../src/profile/schema/call-ref.ts';
import { decodeNode, encodeNode } from '../../../src/profile/schema/codec.ts';
import { ListOrder } from '../../../src/profile/schema/list-order.ts';
import { mergeNode } from '../../../src/profile/schema/merge.ts';
import { SchemaNode } from '../../../src/profile/schema/node.ts';
import { observeValue } from '../../../src/profile/schema/observe.ts';
import { observed } from './make.ts';

/** Of bodies with these values: lists, ascending, descending, repeating at the items, or at one field of them. */
function orderOf(bodies: readonly unknown[], field?: string) {
  const items = observed(bodies).array?.items;
  const node = field === undefined ? items : items?.object?.properties.get(field)?.node;
  const order = node?.order?.counts();
  return order && [order.lists, order.ascending, order.descending, order.repeating];
}

const records = (...ids: readonly unknown[]) => ids.map((id) => ({ id }));

describe('the order of the items of lists', () => {
  it('is counted by list, and by field', () => {
    expect(orderOf([records(1, 2, 3), records(3, 2, 1), records(2, 1, 3)], 'id')).toEqual([
      3, 1, 1, 0,
    ]);
    expect(
      orderOf([
        [1, 2, 2, 4, 5],
        ['e', 'd', 'c', 'b', 'b'],
      ]),
    ).toEqual([2, 1, 1, 2]);
  });

  it.each<[string, readonly unknown[]]>([
    ['two records', records(1, 2)],
    ['records that are all the same', records(1, 1, 1)],
    ['records of which two have the field', [...records(1, 2), { name: 'x' }]],
  ])('is none of %s', (_, list) => {
    expect(orderOf([list], 'id') ?? [0, 0, 0, 0]).toEqual([0, 0, 0, 0]);
  });

  it('is none of what has positions, and of lists inside the items', () => {
    expect(orderOf([[1, 2, 3, 4]])).toBeUndefined();
    const nested = [1, 2, 3].map((id) => ({ at: { id }, list: records(id, id + 1) }));
    expect(orderOf([nested], 'at')).toBeUndefined();
    const inner = observed([nested]).array?.items.object?.properties.get('list')?.node;
    expect(inner?.array?.items.object?.properties.get('id')?.node.order).toBeUndefined();
  });

  it('is lost by values of several types, and by prose', () => {
    expect(orderOf([records(1, 'a', 'b')], 'id')).toEqual([1, 0, 0, 0]);
    const prose = (text: string) => text.repeat(65);
    expect(orderOf([records(prose('a'), prose('b'), prose('c'))], 'id')).toEqual([1, 0, 0, 0]);
    expect(orderOf([records('a'.repeat(64), 'b'.repeat(64), 'c')], 'id')).toEqual([1, 1, 0, 0]);
  });

  it('is that of each list of a body by itself', () => {
    const body = { a: records(5, 6, 7), b: records(1, 2, 3) };
    const both = observed([[body.a, body.b]]).array?.items.array?.items.object;
    expect(both?.properties.get('id')?.node.order?.counts()).toEqual({
      lists: 2,
      ascending: 2,
      descending: 0,
      repeating: 0,
    });
  });

  it('adds up', () => {
    const sum = ListOrder.fromJSON([3, 2, 1, 3]);
    sum.merge(ListOrder.fromJSON([4, 1, 2, 1]));
    expect(sum.toJSON()).toEqual([7, 3, 3, 4]);
  });

  it('is the same in any split, also where names become data', () => {
    const few = fc.record({ id: fc.nat(9), at: fc.constantFrom('a', 'b', 'c') });
    const wide = fc
      .nat(9)
      .map((from) =>
        Object.fromEntries(
          Array.from({ length: 150 }, (_, i) => [`k${from}${'x'.repeat(i % 60)}${i}`, i]),
        ),
      );
    const item = fc.oneof({ weight: 30, arbitrary: few }, { weight: 1, arbitrary: wide });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(item, { maxLength: 6 }), fc.nat(2)), { maxLength: 20 }),
        (bodies) => {
          const whole = new SchemaNode();
          const parts = [new SchemaNode(), new SchemaNode(), new SchemaNode()];
          for (const [i, [body, part]] of bodies.entries()) {
            observeValue(whole, body, callRef(`c${i}`));
            observeValue(parts[part] as SchemaNode, body, callRef(`c${i}`));
          }
          const merged = new SchemaNode();
          for (const part of parts) {
            mergeNode(merged, decodeNode(JSON.parse(JSON.stringify(encodeNode(part)))));
          }
          expect(encodeNode(merged)).toEqual(encodeNode(whole));
        },
      ),
    );
  });

  it('is not read from what can not have been written', () => {
    expect(ListOrder.fromJSON([3, 2, 1, 3]).toJSON()).toEqual([3, 2, 1, 3]);
    expect(() => ListOrder.fromJSON([3, 2, 2])).toThrow('not an order of lists');
    expect(() => ListOrder.fromJSON([3, 2, 1, 4])).toThrow(RangeError);
    expect(() => ListOrder.fromJSON([-1, 0, 0, 0])).toThrow(RangeError);
  });
});
