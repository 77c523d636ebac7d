import { type Json, sortedEntries } from '../../support/json.ts';
import { BooleanFacts } from './boolean-facts.ts';
import { Sighted, Witness } from './call-ref.ts';
import { Histogram } from './histogram.ts';
import { count, type Fields, fields, list, pair, text } from './json-read.ts';
import { keyInfo } from './key-info.ts';
import { MAX_DEPTH, MAX_KEY, MAX_KEYS } from './limits.ts';
import { ListOrder } from './list-order.ts';
import { mergeNode, patternNode, shrink } from './merge.ts';
import { ArrayFacts, ObjectFacts, type Property, SchemaNode, TYPES } from './node.ts';
import { NumberFacts } from './number-facts.ts';
import { Shapes } from './shapes.ts';
import { StringFacts } from './string-facts.ts';
import { Subjects, stored } from './subjects.ts';
import { ValuesByThing } from './values-by-thing.ts';
import { Variants } from './variants.ts';

/** Canonical JSON of a node: the same observations give the same bytes, in any order. */
export function encodeNode(node: SchemaNode): Json {
  shrink(node);
  return encode(node);
}

function encode(node: SchemaNode): Json {
  return {
    types: node.seen.flatMap((seen, type) =>
      seen && seen.count > 0 ? [[type, ...encodeSighted(seen)]] : [],
    ),
    ...(node.boolean && { boolean: node.boolean.toJSON() }),
    ...(node.string && { string: node.string.toJSON() }),
    ...(node.number && { number: node.number.toJSON() }),
    ...(node.echoes && { echoes: encodeSighted(node.echoes) }),
    ...(node.order && node.order.counts().lists > 0 && { order: node.order.toJSON() }),
    ...(node.valuesByThing?.size && { answers: node.valuesByThing.toJSON() }),
    ...(node.array && { array: encodeArray(node.array) }),
    ...(node.object && { object: encodeObject(node.object) }),
    ...(node.capped && { capped: true }),
  };
}

function encodeArray(array: ArrayFacts): Json {
  return {
    shortest: array.shortest,
    longest: array.longest,
    empty: array.empty,
    lengths: array.lengths.toJSON(),
    items: encode(array.items),
    positions: array.positions?.map(encode) ?? null,
  };
}

function encodeObject(object: ObjectFacts): Json {
  const properties = sortedEntries(object.properties);
  const names = properties.map(([name]) => name);
  return {
    properties: properties.map(([name, { node }]) => [name, encode(node)]),
    patterns: sortedEntries(object.patterns).map(([name, node]) => [name, encode(node)]),
    mapped: object.mapped,
    shapes: object.shapes.toJSON(names),
    variants: object.variants.toJSON(names),
  };
}

/** Reads what `encodeNode` wrote. Bounded in depth and width; throws RangeError on anything else. */
export function decodeNode(json: Json | undefined, depth = 0): SchemaNode {
  if (depth > MAX_DEPTH) throw new RangeError('a schema too deep');
  const raw = fields(json);
  const node = new SchemaNode();
  for (const entry of list(raw.types, TYPES.length)) {
    const [index, times, ids, subjects] = list(entry, 4);
    const type = count(index);
    if (type >= TYPES.length) throw new RangeError('not a type');
    node.seen[type] = decodeSighted(times, ids, subjects);
  }
  if (raw.boolean !== undefined) node.boolean = BooleanFacts.fromJSON(raw.boolean);
  if (raw.string !== undefined) node.string = StringFacts.fromJSON(raw.string);
  if (raw.number !== undefined) node.number = NumberFacts.fromJSON(raw.number);
  if (raw.echoes !== undefined) node.echoes = decodeSighted(...list(raw.echoes, 3));
  if (raw.order !== undefined) node.order = ListOrder.fromJSON(raw.order);
  if (raw.answers !== undefined) node.valuesByThing = ValuesByThing.fromJSON(raw.answers);
  if (raw.array !== undefined) node.array = decodeArray(fields(raw.array), depth);
  if (raw.object !== undefined) node.object = decodeObject(fields(raw.object), depth);
  node.capped = raw.capped === true;
  return node;
}

function encodeSighted({ count, ids, subjects }: Sighted): Json[] {
  return [count, ids, ...stored(subjects)];
}

function decodeSighted(times?: Json, ids?: Json, subjects?: Json): Sighted {
  const seen = new Sighted();
  seen.count = count(times);
  seen.merge(Witness.fromJSON(ids));
  if (subjects !== undefined) seen.subjects.merge(Subjects.fromJSON(subjects));
  return seen;
}

const nodeOf = ({ node }: Property) => node;

function decodeArray(raw: Fields, depth: number): ArrayFacts {
  const array = new ArrayFacts();
  array.shortest = count(raw.shortest);
  array.longest = count(raw.longest);
  array.empty = count(raw.empty);
  array.lengths.merge(Histogram.fromJSON(raw.lengths));
  mergeNode(array.items, decodeNode(raw.items, depth + 1));
  array.positions =
    raw.positions === null ? null : list(raw.positions, 4).map((one) => decodeNode(one, depth + 1));
  return array;
}

function decodeObject(raw: Fields, depth: number): ObjectFacts {
  const object = new ObjectFacts();
  const names: string[] = [];
  for (const entry of list(raw.properties, MAX_KEYS)) {
    const [name, node] = pair(entry);
    const key = text(name, MAX_KEY);
    names.push(key);
    object.properties.set(key, { info: keyInfo(key), node: decodeNode(node, depth + 1) });
  }
  for (const entry of list(raw.patterns, 32)) {
    const [name, node] = pair(entry);
    const pattern = patternNode(object, text(name, MAX_KEY));
    mergeNode(pattern, decodeNode(node, depth + 1));
  }
  if (raw.mapped === true && names.length > 0) throw new RangeError('not an object');
  object.mapped = raw.mapped === true;
  const nodes = [...object.patterns.values(), ...[...object.properties.values()].map(nodeOf)];
  object.containers = nodes.filter((node) => node.contains).length;
  object.shapes = Shapes.fromJSON(raw.shapes, names);
  object.variants = Variants.fromJSON(raw.variants, names);
  return object;
}
