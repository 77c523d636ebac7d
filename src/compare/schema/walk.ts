import { MAX_DEPTH } from '../../profile/schema/limits.ts';
import { sumOf } from '../../profile/schema/merge.ts';
import type { ArrayFacts, SchemaNode } from '../../profile/schema/node.ts';
import { arrayFilling, arrayShortened, objectEmptied, valueEmptied } from './emptied.ts';
import { enumChanges } from './enums.ts';
import { fieldChanges, type Objects } from './fields.ts';
import { flagFlipped } from './flags.ts';
import { formatChange } from './formats.ts';
import { rescaled } from './magnitude.ts';
import { isMap, mapValues } from './maps.ts';
import { maskChange } from './masks.ts';
import { escapePointer } from './pointer.ts';
import { narrows, type Reporter } from './report.ts';
import type { Support } from './share.ts';
import { typeChange, typeNames } from './types.ts';
import { wholeNow } from './whole.ts';

/**
 * Tells `report` of every difference between two schemas, place by place. What a change covers is
 * not told again: nothing below a field that is gone.
 */
export function diffNodes(
  base: SchemaNode,
  cand: SchemaNode,
  report: Reporter,
  support: Support,
  pointer = '',
  depth = 0,
): void {
  if (base.total === 0 || cand.total === 0 || depth > MAX_DEPTH + 1) return;
  const types = typeChange(base, cand, pointer, support);
  if (types) report.add(types);
  if (!types || narrows(types.rule)) {
    const emptied = valueEmptied(base, cand, pointer, support);
    if (emptied) report.add(emptied);
  }
  if (base.string && cand.string) {
    for (const change of enumChanges(base, cand, pointer, support)) report.add(change);
  }
  const flipped = flagFlipped(base, cand, pointer, support);
  if (flipped) report.add(flipped);
  const format =
    wholeNow(base, cand, pointer, support) ??
    formatChange(base, cand, pointer, support) ??
    (types ? undefined : rescaled(base, cand, pointer, support));
  if (format) report.add(format);
  const unmasked = maskChange(base, cand, pointer, support);
  if (unmasked) report.add(unmasked);
  if (base.object && cand.object) {
    const before = { node: base, facts: base.object };
    const after = { node: cand, facts: cand.object };
    diffObjects(before, after, report, support, pointer, depth);
  }
  if (base.array && cand.array) {
    diffArrays(base, cand, base.array, cand.array, report, support, pointer, depth);
  }
}

function diffObjects(
  base: Objects,
  cand: Objects,
  report: Reporter,
  support: Support,
  pointer: string,
  depth: number,
): void {
  const emptied = objectEmptied(base, cand, pointer, support);
  if (emptied) {
    report.add(emptied);
    return;
  }
  const map = isMap(base, cand);
  const before = mapValues(base, map);
  const after = mapValues(cand, map);
  const scale = {
    base: support.scale.base * perValue(base.node.count('object'), before.total),
    cand: support.scale.cand * perValue(cand.node.count('object'), after.total),
  };
  diffNodes(before, after, report, { ...support, scale }, `${pointer}/*`, depth + 1);
  if (map) return;
  for (const change of fieldChanges(base, cand, pointer, support)) report.add(change);
  for (const [name, { node }] of base.facts.properties) {
    const other = cand.facts.properties.get(name)?.node;
    if (other) {
      diffNodes(node, other, report, support, `${pointer}/${escapePointer(name)}`, depth + 1);
    }
  }
}

function diffArrays(
  base: SchemaNode,
  cand: SchemaNode,
  before: ArrayFacts,
  after: ArrayFacts,
  report: Reporter,
  support: Support,
  pointer: string,
  depth: number,
): void {
  const arrays = { base: base.count('array'), cand: cand.count('array') };
  const was = { some: arrays.base - before.empty, all: arrays.base };
  const is = { some: arrays.cand - after.empty, all: arrays.cand };
  const filling = arrayFilling(base, cand, pointer, support);
  if (filling) {
    report.add(filling);
    return;
  }
  const shortened = arrayShortened(base, cand, pointer, support);
  if (shortened) report.add(shortened);
  const tuples = before.positions?.length === after.positions?.length;
  if (tuples && (isTuple(before) || isTuple(after))) {
    before.positions?.forEach((position, i) => {
      const other = after.positions?.[i] as SchemaNode;
      diffNodes(position, other, report, support, `${pointer}/${i}`, depth + 1);
    });
    return;
  }
  const items = itemsOf(before);
  const others = itemsOf(after);
  const scale = {
    base: support.scale.base * perValue(was.some, items.total),
    cand: support.scale.cand * perValue(is.some, others.total),
  };
  diffNodes(items, others, report, { ...support, scale }, `${pointer}/*`, depth + 1);
}

/** Whether the positions mean different things: their types differ. */
function isTuple({ positions }: ArrayFacts): boolean {
  return new Set(positions?.map(typeNames)).size > 1;
}

function itemsOf(array: ArrayFacts): SchemaNode {
  return array.positions ? sumOf([array.items, ...array.positions]) : array.items;
}

/** Bodies, or arrays, per value: how much one value counts. */
export function perValue(containers: number, values: number): number {
  return values === 0 ? 1 : Math.min(1, containers / values);
}
