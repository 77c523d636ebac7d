import { sumOf } from '../../profile/schema/merge.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import { unescapePointer } from './pointer.ts';

/** The schema at a finding's pointer; undefined where nothing was seen there. */
export function nodeAt(root: SchemaNode, pointer: string): SchemaNode | undefined {
  let node: SchemaNode | undefined = root;
  for (const step of pointer.split('/').slice(1)) {
    node = node && childOf(node, unescapePointer(step));
  }
  return node;
}

function childOf(node: SchemaNode, step: string): SchemaNode | undefined {
  const field = node.object?.properties.get(step)?.node;
  if (field) return field;
  const position = node.array?.positions?.[Number(step)];
  if (position) return position;
  if (step !== '*') return undefined;
  const within = [
    ...(node.array ? [node.array.items, ...(node.array.positions ?? [])] : []),
    ...(node.object ? node.object.patterns.values() : []),
  ];
  const sum = sumOf(within);
  if (sum.total > 0 || !node.object) return sum;
  return sumOf([...node.object.properties.values()].map((property) => property.node));
}
