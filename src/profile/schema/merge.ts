import { Witness } from './call-ref.ts';
import { maxKeys } from './limits.ts';
import { ArrayFacts, ObjectFacts, SchemaNode } from './node.ts';
import { NumberFacts } from './number-facts.ts';
import { Shapes } from './shapes.ts';
import { StringFacts } from './string-facts.ts';
import { Variants } from './variants.ts';

/** The pattern of names where there are too many to keep. */
export const ANY_KEY = '{any}';

/** Adds `from` to `into`, which lies `depth` levels deep; takes nothing of `from` over. */
export function mergeNode(into: SchemaNode, from: SchemaNode, depth: number): void {
  from.counts.forEach((count, type) => {
    (into.counts[type] as number) += count;
  });
  from.witnesses.forEach((witness, type) => {
    if (!witness) return;
    into.witnesses[type] ??= new Witness();
    into.witnesses[type].merge(witness);
  });
  into.capped ||= from.capped;
  if (from.string) {
    into.string ??= new StringFacts();
    into.string.merge(from.string);
  }
  if (from.number) {
    into.number ??= new NumberFacts();
    into.number.merge(from.number);
  }
  if (from.array) {
    into.array ??= new ArrayFacts();
    mergeArrays(into.array, from.array, depth);
  }
  if (from.object) {
    into.object ??= new ObjectFacts();
    mergeObjects(into.object, from.object, depth);
  }
}

/** A copy that shares nothing with the nodes it sums up. */
export function sumOf(nodes: Iterable<SchemaNode>, depth: number): SchemaNode {
  const sum = new SchemaNode();
  for (const node of nodes) mergeNode(sum, node, depth);
  return sum;
}

/** Gives up telling positions apart. */
export function dropPositions(array: ArrayFacts, depth: number): void {
  for (const position of array.positions ?? []) mergeNode(array.items, position, depth + 1);
  array.positions = null;
}

/** Turns all names into data when there are too many of them. */
export function absorbIfWide(object: ObjectFacts, depth: number): void {
  if (object.properties.size <= maxKeys(depth)) return;
  absorb(object, depth);
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

function absorb(object: ObjectFacts, depth: number): void {
  object.mapped = true;
  const any = patternNode(object, ANY_KEY);
  for (const { node } of object.properties.values()) mergeNode(any, node, depth + 1);
  object.properties.clear();
  object.shapes = new Shapes();
  object.variants = new Variants();
}

function mergeArrays(into: ArrayFacts, from: ArrayFacts, depth: number): void {
  into.shortest = Math.min(into.shortest, from.shortest);
  into.longest = Math.max(into.longest, from.longest);
  into.empty += from.empty;
  into.lengths.merge(from.lengths);
  mergeNode(into.items, from.items, depth + 1);
  if (from.positions === undefined) return;
  if (into.positions === undefined && from.positions !== null) {
    into.positions = from.positions.map(() => new SchemaNode());
  }
  if (into.positions && from.positions && into.positions.length === from.positions.length) {
    from.positions.forEach((position, i) => {
      mergeNode(into.positions?.[i] as SchemaNode, position, depth + 1);
    });
    return;
  }
  dropPositions(into, depth);
  for (const position of from.positions ?? []) mergeNode(into.items, position, depth + 1);
}

function mergeObjects(into: ObjectFacts, from: ObjectFacts, depth: number): void {
  for (const [pattern, node] of from.patterns) {
    mergeNode(patternNode(into, pattern), node, depth + 1);
  }
  if (from.mapped && !into.mapped) absorb(into, depth);
  for (const [name, { info, node }] of from.properties) {
    if (into.mapped) {
      mergeNode(patternNode(into, ANY_KEY), node, depth + 1);
      continue;
    }
    let property = into.properties.get(name);
    if (!property) {
      property = { info, node: new SchemaNode() };
      into.properties.set(name, property);
    }
    mergeNode(property.node, node, depth + 1);
    absorbIfWide(into, depth);
  }
  if (into.mapped) return;
  into.shapes.merge(from.shapes);
  into.variants.merge(from.variants);
}
