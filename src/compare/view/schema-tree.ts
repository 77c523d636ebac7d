import { formatNames } from '../../profile/schema/formats.ts';
import { sumOf } from '../../profile/schema/merge.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import { byCodeUnit } from '../../support/json.ts';
import { isMap, mapValues } from '../schema/maps.ts';
import { escapePointer } from '../schema/pointer.ts';
import { typeNames } from '../schema/types.ts';

/** Fields of one object, and steps below the body, that are shown. */
const MAX_CHILDREN = 60;
const MAX_DEPTH = 16;
/** Steps shown below a field that changed. */
const BELOW = 2;

/** What one side saw of a field: its types, and in how many of the places where it could stand. */
export interface FieldSeen {
  readonly type: string;
  readonly some: number;
  readonly all: number;
}

/** One field before and after; `*` are the items of an array or the values of a map. */
export interface SchemaField {
  readonly name: string;
  readonly baseline: FieldSeen | null;
  readonly candidate: FieldSeen | null;
  /** Sorted by name; absent where there are none or none is shown. */
  readonly children?: readonly SchemaField[];
  /** Fields below that are not shown. */
  readonly leftOut?: number;
}

type Sides<T> = { readonly base: T; readonly cand: T };
type Nodes = Sides<SchemaNode | undefined>;

/** The fields around some pointers: the ways to them, what stands beside those, what lies below. */
export function drawTree(
  base: SchemaNode | undefined,
  cand: SchemaNode | undefined,
  pointers: readonly string[],
  room: { fields: number },
): SchemaField {
  const changed = new Set(pointers);
  const way = new Set(pointers.flatMap(prefixes));
  const draw = (
    name: string,
    pointer: string,
    nodes: Nodes,
    all: Sides<number>,
    depth: number,
    below: number,
  ): SchemaField => {
    room.fields--;
    const left = changed.has(pointer) ? BELOW : below - 1;
    const isOpen = depth < MAX_DEPTH && (way.has(pointer) || left > 0);
    const children = childrenOf(nodes);
    const most = isOpen ? Math.min(MAX_CHILDREN, Math.max(0, room.fields)) : 0;
    const shown = children
      .toSorted((a, b) => Number(onWay(b.name)) - Number(onWay(a.name)))
      .slice(0, most)
      .sort((a, b) => byCodeUnit(a.name, b.name));
    const drawn = shown.map(({ name: step, nodes: inner, all: places }) =>
      draw(step, `${pointer}/${escapePointer(step)}`, inner, places, depth + 1, left),
    );
    const leftOut = children.length - drawn.length;
    return {
      name,
      baseline: seen(nodes.base, all.base),
      candidate: seen(nodes.cand, all.cand),
      ...(drawn.length > 0 && { children: drawn }),
      ...(leftOut > 0 && { leftOut }),
    };

    function onWay(step: string): boolean {
      return way.has(`${pointer}/${escapePointer(step)}`);
    }
  };
  const all = { base: base?.total ?? 0, cand: cand?.total ?? 0 };
  return draw('', '', { base, cand }, all, 0, 1);
}

function prefixes(pointer: string): string[] {
  const steps = pointer.split('/');
  return steps.map((_, i) => steps.slice(0, i + 1).join('/'));
}

function seen(node: SchemaNode | undefined, all: number): FieldSeen | null {
  if (!node || node.total === 0) return null;
  const { string } = node;
  const [format] = string && string.empty + string.masked === 0 ? formatNames(string.formats) : [];
  const type = typeNames(node);
  return {
    type: format ? type.replace('string', `string (${format})`) : type,
    some: node.total,
    all,
  };
}

interface Child {
  readonly name: string;
  readonly nodes: Nodes;
  readonly all: Sides<number>;
}

function childrenOf({ base, cand }: Nodes): Child[] {
  const map = namesAreData(base, cand);
  const [before, after] = [insideOf(base, map), insideOf(cand, map)];
  const objects = { base: base?.count('object') ?? 0, cand: cand?.count('object') ?? 0 };
  return [...new Set([...before.keys(), ...after.keys()])].map((name) => {
    const nodes = { base: before.get(name), cand: after.get(name) };
    // Items and values of maps may stand any number of times.
    const all =
      name === '*' ? { base: nodes.base?.total ?? 0, cand: nodes.cand?.total ?? 0 } : objects;
    return { name, nodes, all };
  });
}

function namesAreData(base: SchemaNode | undefined, cand: SchemaNode | undefined): boolean {
  const sides = [base, cand].flatMap((node) =>
    node?.object ? [{ node, facts: node.object }] : [],
  );
  const [first, second = first] = sides;
  return first !== undefined && second !== undefined && isMap(first, second);
}

/** What lies one step below; `map`: the names of objects are data. */
function insideOf(node: SchemaNode | undefined, map: boolean): Map<string, SchemaNode> {
  const inside = new Map<string, SchemaNode>();
  const any: SchemaNode[] = [];
  if (node?.object) {
    any.push(mapValues({ node, facts: node.object }, map));
    const named = map ? [] : node.object.properties;
    for (const [name, { node: value }] of named) inside.set(name, value);
  }
  if (node?.array) any.push(node.array.items, ...(node.array.positions ?? []));
  const items = sumOf(any);
  if (items.total > 0) inside.set('*', items);
  return inside;
}
