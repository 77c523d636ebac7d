import { sumOf } from '../../profile/schema/merge.ts';
import { SchemaNode } from '../../profile/schema/node.ts';
import type { Objects } from './fields.ts';

/** Fewer distinct names than this are fields, whatever they look like. */
const MIN_NAMES = 12;
/** In a map, a name stands in this share of the objects at most, on average. */
const MAX_MEAN_SHARE = 0.34;
/** A name that stands in this share of the objects is a field's. */
const FIELD_SHARE = 0.9;

/** Whether the names of these objects are data: many, each rare, none common, over both sides. */
export function isMap(base: Objects, cand: Objects): boolean {
  if (base.facts.mapped || cand.facts.mapped) return true;
  const names = new Set([...base.facts.properties.keys(), ...cand.facts.properties.keys()]);
  if (names.size < MIN_NAMES) return false;
  let shares = 0;
  for (const side of [base, cand]) {
    const objects = side.node.count('object');
    for (const { node } of side.facts.properties.values()) {
      const share = node.total / objects;
      if (share >= FIELD_SHARE && objects > 1) return false;
      shares += share;
    }
  }
  return (
    shares / 2 / names.size <= MAX_MEAN_SHARE &&
    Math.min(base.node.count('object'), cand.node.count('object')) > 2
  );
}

/** The values of a map as one; with `all`, also those under names that look like a field's. */
export function mapValues({ facts }: Objects, all: boolean): SchemaNode {
  const nodes = [...facts.patterns.values()];
  if (all) for (const { node } of facts.properties.values()) nodes.push(node);
  const [only] = nodes;
  if (!only) return new SchemaNode();
  return nodes.length === 1 ? only : sumOf(nodes);
}
