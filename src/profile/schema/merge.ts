import { BooleanFacts } from './boolean-facts.ts';
import { Sighted } from './call-ref.ts';
import { isCapped, maxKeys, ROOM, roomBelow } from './limits.ts';
import { ListOrder } from './list-order.ts';
import { ArrayFacts, ObjectFacts, SchemaNode } from './node.ts';
import { NumberFacts } from './number-facts.ts';
import { Shapes } from './shapes.ts';
import { StringFacts } from './string-facts.ts';
import { ValuesByThing } from './values-by-thing.ts';
import { Variants } from './variants.ts';

/** The pattern of names where there are too many to keep. */
export const ANY_KEY = '{any}';

/** Adds `from` to `into`, which has so much room; takes nothing of `from` over. */
export function mergeNode(into: SchemaNode, from: SchemaNode, room = ROOM): void {
  from.seen.forEach((seen, type) => {
    if (!seen) return;
    into.seen[type] ??= new Sighted();
    into.seen[type].mergeAll(seen);
  });
  into.capped ||= from.capped;
  if (from.boolean) {
    into.boolean ??= new BooleanFacts();
    into.boolean.merge(from.boolean);
  }
  if (from.string) {
    into.string ??= new StringFacts();
    into.string.merge(from.string);
  }
  if (from.number) {
    into.number ??= new NumberFacts();
    into.number.merge(from.number);
  }
  if (from.echoes) {
    into.echoes ??= new Sighted();
    into.echoes.mergeAll(from.echoes);
  }
  if (from.order) {
    into.order ??= new ListOrder();
    into.order.merge(from.order);
  }
  if (from.valuesByThing) {
    into.valuesByThing ??= new ValuesByThing();
    into.valuesByThing.merge(from.valuesByThing);
  }
  if (from.array) {
    into.array ??= new ArrayFacts();
    mergeArrays(into.array, from.array, room);
  }
  if (from.object) {
    into.object ??= new ObjectFacts();
    mergeObjects(into.object, from.object, room);
  }
}

/** A copy that shares nothing with the nodes it sums up. */
export function sumOf(nodes: Iterable<SchemaNode>): SchemaNode {
  const sum = new SchemaNode();
  for (const node of nodes) mergeNode(sum, node);
  return sum;
}

/** Gives up telling positions apart. */
export function dropPositions(array: ArrayFacts, room: number): void {
  for (const position of array.positions ?? []) mergeNode(array.items, position, room);
  array.positions = null;
}

/** Turns all names into data when there are too many of them. */
export function absorbIfWide(object: ObjectFacts, room: number): void {
  if (object.properties.size > maxKeys(room)) absorb(object, room);
}

/** Makes a schema take no more room than it may, now that all of it is known. */
export function shrink(node: SchemaNode, depth = 0, room = ROOM): void {
  const { object, array } = node;
  if (isCapped(depth, room)) {
    if (array && array.longest > 0) node.capped = true;
    if (object && object.properties.size + object.patterns.size > 0) node.capped = true;
    node.array = undefined;
    node.object = undefined;
    return;
  }
  if (array) shrink(array.items, depth + 1, room);
  if (!object) return;
  absorbIfWide(object, room);
  const below = roomBelow(room, object.containers, object.mapped);
  for (const { node: value } of object.properties.values()) shrink(value, depth + 1, below);
  for (const value of object.patterns.values()) shrink(value, depth + 1, below);
}

/** The values under names that match no pattern. */
export function patternNode(object: ObjectFacts, pattern: string): SchemaNode {
  let node = object.patterns.get(pattern);
  if (!node) {
    node = new SchemaNode();
    object.patterns.set(pattern, node);
  }
  return node;
}

function absorb(object: ObjectFacts, room: number): void {
  object.mapped = true;
  const any = patternNode(object, ANY_KEY);
  const below = roomBelow(room, object.containers, true);
  for (const { node } of object.properties.values()) mergeData(any, node, below);
  object.properties.clear();
  object.shapes = new Shapes();
  object.variants = new Variants();
}

/** The values under a name that is data stand in no order, and there are many. */
function mergeData(into: SchemaNode, from: SchemaNode, room = ROOM): void {
  mergeNode(into, from, room);
  into.order = undefined;
  forgetThings(into);
}

/** As deep as a schema is, which is bounded. */
function forgetThings(node: SchemaNode): void {
  node.valuesByThing = undefined;
  for (const { node: value } of node.object?.properties.values() ?? []) forgetThings(value);
}

function mergeArrays(into: ArrayFacts, from: ArrayFacts, room: number): void {
  into.shortest = Math.min(into.shortest, from.shortest);
  into.longest = Math.max(into.longest, from.longest);
  into.empty += from.empty;
  into.lengths.merge(from.lengths);
  mergeNode(into.items, from.items, room);
  if (from.positions === undefined) return;
  if (into.positions === undefined && from.positions !== null) {
    into.positions = from.positions.map(() => new SchemaNode());
  }
  if (into.positions && from.positions && into.positions.length === from.positions.length) {
    from.positions.forEach((position, i) => {
      mergeNode(into.positions?.[i] as SchemaNode, position, room);
    });
    return;
  }
  dropPositions(into, room);
  for (const position of from.positions ?? []) mergeNode(into.items, position, room);
}

function mergeObjects(into: ObjectFacts, from: ObjectFacts, room: number): void {
  if (from.mapped && !into.mapped) absorb(into, room);
  const add = (to: SchemaNode, node: SchemaNode, merge = mergeNode) => {
    if (node.contains && !to.contains) into.containers++;
    merge(to, node, roomBelow(room, into.containers, into.mapped));
  };
  for (const [pattern, node] of from.patterns) add(patternNode(into, pattern), node);
  for (const [name, { info, node }] of from.properties) {
    if (into.mapped) {
      add(patternNode(into, ANY_KEY), node, mergeData);
      continue;
    }
    let property = into.properties.get(name);
    if (!property) {
      property = { info, node: new SchemaNode() };
      into.properties.set(name, property);
    }
    add(property.node, node);
    absorbIfWide(into, room);
  }
  if (into.mapped) return;
  into.shapes.merge(from.shapes);
  into.variants.merge(from.variants);
}
