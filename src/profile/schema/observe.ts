import type { CallRef } from './call-ref.ts';
import { type KeyInfo, keyInfo } from './key-info.ts';
import { DISCRIMINATORS, MAX_DEPTH } from './limits.ts';
import { ANY_KEY, absorbIfWide, dropPositions, patternNode } from './merge.ts';
import { ArrayFacts, ObjectFacts, SchemaNode, TYPE } from './node.ts';
import { NumberFacts } from './number-facts.ts';
import { StringFacts } from './string-facts.ts';

/** What the nearest name above a value says of it. */
type Name = Pick<KeyInfo, 'enumerable'>;
const ROOT: Name = { enumerable: true };

/** Adds a parsed JSON value, as `JSON.parse` gives it, to what was seen at its place. */
export function observeValue(node: SchemaNode, value: unknown, ref: CallRef): void {
  observe(node, value, ref, 0, ROOT);
}

function observe(node: SchemaNode, value: unknown, ref: CallRef, depth: number, key: Name): void {
  switch (typeof value) {
    case 'string':
      node.tally(TYPE.string, ref.id, ref.hash);
      node.string ??= new StringFacts();
      node.string.add(value, ref, key);
      return;
    case 'number':
      node.tally(Number.isInteger(value) ? TYPE.integer : TYPE.number, ref.id, ref.hash);
      node.number ??= new NumberFacts();
      node.number.add(value);
      return;
    case 'boolean':
      node.tally(TYPE.boolean, ref.id, ref.hash);
      return;
    case 'object':
      if (value === null) node.tally(TYPE.null, ref.id, ref.hash);
      else if (Array.isArray(value)) observeArray(node, value, ref, depth, key);
      else observeObject(node, value as { readonly [key: string]: unknown }, ref, depth);
  }
}

function observeArray(
  node: SchemaNode,
  values: readonly unknown[],
  ref: CallRef,
  depth: number,
  key: Name,
): void {
  node.tally(TYPE.array, ref.id, ref.hash);
  node.array ??= new ArrayFacts();
  const array = node.array;
  const { length } = values;
  if (length < array.shortest) array.shortest = length;
  if (length > array.longest) array.longest = length;
  if (length === 0) array.empty++;
  array.lengths.add(length);
  if (depth >= MAX_DEPTH) {
    if (length > 0) node.capped = true;
    array.positions = null;
    return;
  }
  if (array.positions === undefined) {
    array.positions = length >= 2 && length <= 4 ? values.map(() => new SchemaNode()) : null;
  } else if (array.positions && array.positions.length !== length) dropPositions(array, depth);
  for (let i = 0; i < length; i++) {
    const item = array.positions?.[i] ?? array.items;
    observe(item, values[i], ref, depth + 1, key);
  }
}

function observeObject(
  node: SchemaNode,
  value: { readonly [key: string]: unknown },
  ref: CallRef,
  depth: number,
): void {
  node.tally(TYPE.object, ref.id, ref.hash);
  node.object ??= new ObjectFacts();
  const object = node.object;
  const keys = Object.keys(value);
  if (depth >= MAX_DEPTH) {
    if (keys.length > 0) node.capped = true;
    return;
  }
  let shape = 0;
  let data = 0;
  let rank = Number.POSITIVE_INFINITY;
  for (const key of keys) {
    const child = value[key];
    let property = object.properties.get(key);
    if (!property) {
      const info = keyInfo(key);
      if (info.pattern !== undefined || object.mapped) {
        const pattern = patternNode(object, info.pattern ?? ANY_KEY);
        observe(pattern, child, ref, depth + 1, info);
        data++;
        continue;
      }
      property = { info, node: new SchemaNode() };
      object.properties.set(key, property);
    }
    const { info } = property;
    observe(property.node, child, ref, depth + 1, info);
    shape += info.hash;
    if (info.rank < rank && typeof child === 'string') rank = info.rank;
    if (object.properties.size > 16) absorbIfWide(object, depth);
  }
  if (object.mapped) return;
  const names = data === 0 ? keys : keys.filter((key) => object.properties.has(key));
  object.shapes.add(shape, ref, names);
  const field = DISCRIMINATORS[rank];
  if (field !== undefined) object.variants.add(field, value[field] as string, names);
}
