import { hash32 } from '../../support/hash.ts';
import { BooleanFacts } from './boolean-facts.ts';
import type { CallRef } from './call-ref.ts';
import { type KeyInfo, keyInfo } from './key-info.ts';
import { DISCRIMINATORS, isCapped, ROOM, roomBelow } from './limits.ts';
import { ANY_KEY, absorbIfWide, dropPositions, patternNode } from './merge.ts';
import { ArrayFacts, NO_LIST, NO_THING, ObjectFacts, SchemaNode, TYPE } from './node.ts';
import { NumberFacts } from './number-facts.ts';
import { StringFacts } from './string-facts.ts';

type JsonObject = { readonly [key: string]: unknown };
/** Members by which items of lists name themselves, the surest first. */
const NAMING = ['id', '_id', 'uuid', 'sku', 'slug', 'key', 'code', 'name'];

/** What the nearest name above a value says of it. */
type Name = Pick<KeyInfo, 'enumerable'>;
const ROOT: Name = { enumerable: true };
/** Of fewer items, lists are not looked at; of items that are no objects, what has positions isn't either. */
const SORTED = { containers: 3, scalars: 5 } as const;

/** Adds a parsed JSON value, as `JSON.parse` gives it, to what was seen at its place. */
export function observeValue(node: SchemaNode, value: unknown, ref: CallRef): void {
  observe(node, value, ref, 0, ROOM, ROOT, NO_LIST, ref.isAnswer ? ref.subject : NO_THING);
}

function observe(
  node: SchemaNode,
  value: unknown,
  ref: CallRef,
  depth: number,
  room: number,
  key: Name,
  list: number,
  thing: number,
): void {
  switch (typeof value) {
    case 'string':
      node.tally(TYPE.string, ref);
      node.string ??= new StringFacts();
      node.string.add(value, ref, key);
      relate(node, value, ref, list, thing);
      return;
    case 'number':
      node.tally(Number.isInteger(value) ? TYPE.integer : TYPE.number, ref);
      node.number ??= new NumberFacts();
      node.number.add(value);
      relate(node, value, ref, list, thing);
      return;
    case 'boolean':
      node.tally(TYPE.boolean, ref);
      node.boolean ??= new BooleanFacts();
      node.boolean.add(value, ref);
      if (thing !== NO_THING) node.tell(value, thing);
      return;
    case 'object':
      if (value === null) node.tally(TYPE.null, ref);
      else if (Array.isArray(value)) observeArray(node, value, ref, depth, room, key);
      else observeObject(node, value as JsonObject, ref, depth, room, list, thing);
  }
}

/** To its neighbours in a list, to what the call is about, and to what it asked for. */
function relate(
  node: SchemaNode,
  value: string | number,
  ref: CallRef,
  list: number,
  thing: number,
): void {
  if (list !== NO_LIST) node.place(value, ref, list);
  if (thing !== NO_THING) node.tell(value, thing);
  if (ref.asked.length > 0) node.compareAsked(value, ref);
}

function observeArray(
  node: SchemaNode,
  values: readonly unknown[],
  ref: CallRef,
  depth: number,
  room: number,
  key: Name,
): void {
  node.tally(TYPE.array, ref);
  const { length } = values;
  if (isCapped(depth, room)) {
    if (length > 0) node.capped = true;
    return;
  }
  node.array ??= new ArrayFacts();
  const array = node.array;
  if (length < array.shortest) array.shortest = length;
  if (length > array.longest) array.longest = length;
  if (length === 0) array.empty++;
  array.lengths.add(length);
  if (array.positions !== null) placePositions(array, values, room);
  const least = isContainer(values[0]) ? SORTED.containers : SORTED.scalars;
  const list = length < least ? NO_LIST : ++ref.lists;
  for (let i = 0; i < length; i++) {
    const item = array.positions?.[i] ?? array.items;
    const value = values[i];
    const thing = ref.isAnswer ? thingOf(value) : NO_THING;
    observe(item, value, ref, depth + 1, room, key, list, thing);
  }
}

function placePositions(array: ArrayFacts, values: readonly unknown[], room: number): void {
  const { length } = values;
  const flat = length >= 2 && length <= 4 && !values.some((value) => isContainer(value));
  if (array.positions === undefined && flat) array.positions = values.map(() => new SchemaNode());
  else if (!flat || array.positions?.length !== length) dropPositions(array, room);
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** A hash of what an item of a list names itself by; what tells nothing of it is compared with nothing. */
function thingOf(item: unknown): number {
  if (typeof item !== 'object' || item === null) return NO_THING;
  for (const name of NAMING) {
    const id = (item as JsonObject)[name];
    if (typeof id === 'string' || Number.isInteger(id)) return hash32(String(id));
  }
  return NO_THING;
}

function observeObject(
  node: SchemaNode,
  value: JsonObject,
  ref: CallRef,
  depth: number,
  room: number,
  list: number,
  thing: number,
): void {
  node.tally(TYPE.object, ref);
  const keys = Object.keys(value);
  if (isCapped(depth, room)) {
    if (keys.length > 0) node.capped = true;
    return;
  }
  node.object ??= new ObjectFacts();
  const object = node.object;
  const below = roomBelow(room, object.containers, object.mapped);
  let shape = 0;
  let data = 0;
  let rank = Number.POSITIVE_INFINITY;
  const values = Object.values(value);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    const child = values[i];
    let property = object.properties.get(key);
    if (!property) {
      const info = keyInfo(key);
      if (info.pattern !== undefined || object.mapped) {
        observeData(object, info, child, ref, depth + 1, below);
        data++;
        continue;
      }
      property = { info, node: new SchemaNode() };
      object.properties.set(key, property);
    }
    const { info } = property;
    const isDeep = isContainer(child);
    if (isDeep && !property.node.contains) object.containers++;
    observe(property.node, child, ref, depth + 1, below, info, isDeep ? NO_LIST : list, thing);
    shape += info.hash;
    if (info.rank < rank && typeof child === 'string') rank = info.rank;
    if (object.properties.size > 8) absorbIfWide(object, room);
  }
  if (object.mapped) return;
  const names = () => (data === 0 ? keys : keys.filter((key) => object.properties.has(key)));
  object.shapes.add(shape, ref, names);
  const field = DISCRIMINATORS[rank];
  if (field !== undefined) object.variants.add(field, value[field] as string, shape, names);
}

/** What stands under a key that is data itself. */
function observeData(
  object: ObjectFacts,
  info: KeyInfo,
  value: unknown,
  ref: CallRef,
  depth: number,
  room: number,
): void {
  const pattern = patternNode(object, info.pattern ?? ANY_KEY);
  if (isContainer(value) && !pattern.contains) object.containers++;
  observe(pattern, value, ref, depth, room, info, NO_LIST, NO_THING);
}
