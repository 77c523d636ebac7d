import { MAX_DEPTH } from '../../profile/schema/limits.ts';
import { sumOf } from '../../profile/schema/merge.ts';
import type { ArrayFacts, SchemaNode } from '../../profile/schema/node.ts';
import type { Sides } from '../sides.ts';
import {
  arrayEmptiedAtTimes,
  arrayFilling,
  arrayShortened,
  filledArrays,
} from './array-lengths.ts';
import { madeConstant } from './constants.ts';
import { wholeNow } from './decimals.ts';
import { valueEmptied } from './emptied.ts';
import { objectEmptied } from './empty-objects.ts';
import { enumChanges } from './enums.ts';
import { fieldChanges, type Objects } from './fields.ts';
import { flagFlipped } from './flags.ts';
import { formatChange } from './formats.ts';
import { alwaysRepeated, idMismatched } from './ids.ts';
import { itemsRepeated, orderLost } from './list-order.ts';
import type { Nodes } from './lost.ts';
import { rescaled } from './magnitude.ts';
import { isMap, mapValues } from './maps.ts';
import { maskChange } from './masks.ts';
import { mistaken } from './mistaken.ts';
import { escapePointer } from './pointer.ts';
import { type Change, narrows, type Reporter } from './report.ts';
import { signChange } from './signs.ts';
import { textShortened } from './text-lengths.ts';
import { typeChange, typeNames } from './types.ts';
import { writtenOtherwise } from './writing.ts';

/**
 * Tells `report` of every difference between two schemas, place by place. What a change covers is
 * not told again: nothing below a field that is gone.
 */
export function diffNodes(nodes: Nodes, report: Reporter, depth = 0): void {
  const { base, cand } = nodes;
  if (base.total === 0 || cand.total === 0 || depth > MAX_DEPTH + 1) return;
  const types = typeChange(nodes);
  const changes = [
    types,
    !types || narrows(types.rule) ? valueEmptied(nodes) : undefined,
    ...enumChanges(nodes),
    flagFlipped(nodes),
    wholeNow(nodes) ??
      mistaken(nodes) ??
      formatChange(nodes) ??
      (types ? undefined : (rescaled(nodes) ?? signChange(nodes))),
    maskChange(nodes),
  ];
  const isTold = changes.some((change) => change && !narrows(change.rule));
  if (!isTold) changes.push(valueChange(nodes));
  for (const change of changes) if (change) report.add(change);
  diffObjects(nodes, report, depth);
  diffArrays(nodes, report, depth);
}

/** Values that are others, or written otherwise, though of the same types, formats and cases. */
function valueChange(nodes: Nodes): Change | undefined {
  // Where all have the same id, all may have asked for it.
  return alwaysRepeated(nodes)
    ? idMismatched(nodes)
    : (madeConstant(nodes) ?? writtenOtherwise(nodes) ?? textShortened(nodes));
}

function diffObjects(nodes: Nodes, report: Reporter, depth: number): void {
  const [base, cand] = [objectsOf(nodes.base), objectsOf(nodes.cand)];
  if (!base || !cand) return;
  const { pointer, support } = nodes;
  const emptied = objectEmptied(base, cand, pointer, support);
  if (emptied) {
    report.add(emptied);
    return;
  }
  const map = isMap(base, cand);
  const values = { base: mapValues(base, map), cand: mapValues(cand, map) };
  const objects = { base: base.node.count('object'), cand: cand.node.count('object') };
  diffNodes(within(nodes, '*', values, objects), report, depth + 1);
  if (map) return;
  for (const change of fieldChanges(base, cand, pointer, support)) report.add(change);
  for (const [name, { node }] of base.facts.properties) {
    const other = cand.facts.properties.get(name)?.node;
    if (other) {
      diffNodes(within(nodes, escapePointer(name), { base: node, cand: other }), report, depth + 1);
    }
  }
}

function objectsOf(node: SchemaNode): Objects | undefined {
  return node.object && { node, facts: node.object };
}

function diffArrays(nodes: Nodes, report: Reporter, depth: number): void {
  const [before, after] = [nodes.base.array, nodes.cand.array];
  if (!before || !after) return;
  const filling = arrayFilling(nodes);
  if (filling) {
    report.add(filling);
    return;
  }
  const fewer = arrayShortened(nodes) ?? arrayEmptiedAtTimes(nodes);
  if (fewer) report.add(fewer);
  const tuples = before.positions?.length === after.positions?.length;
  if (tuples && (isTuple(before) || isTuple(after))) {
    before.positions?.forEach((base, i) => {
      const cand = after.positions?.[i] as SchemaNode;
      diffNodes(within(nodes, `${i}`, { base, cand }), report, depth + 1);
    });
    return;
  }
  const items = { base: itemsOf(before), cand: itemsOf(after) };
  for (const change of [orderLost(nodes, items), itemsRepeated(nodes, items)]) {
    if (change) report.add(change);
  }
  const filled = { base: filledArrays(nodes.base).some, cand: filledArrays(nodes.cand).some };
  diffNodes(within(nodes, '*', items, filled), report, depth + 1);
}

/** The values one step below; those that come several in one of the `containers` count as one. */
function within(
  { pointer, support }: Nodes,
  step: string,
  { base, cand }: Sides<SchemaNode>,
  containers?: Sides<number>,
): Nodes {
  const scale = containers && {
    base: support.scale.base * perValue(containers.base, base.total),
    cand: support.scale.cand * perValue(containers.cand, cand.total),
  };
  return {
    base,
    cand,
    pointer: `${pointer}/${step}`,
    support: scale ? { ...support, scale } : support,
  };
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
