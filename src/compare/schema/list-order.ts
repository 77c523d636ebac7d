import type { OrderCounts } from '../../profile/schema/list-order.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import { byCodeUnit } from '../../support/json.ts';
import type { Sides } from '../sides.ts';
import { moved, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';
import { type Share, standing } from './share.ts';
import { typeNames } from './types.ts';

const MOST_NAMED = 3;
/** Of fewer lists nothing is said. */
const LEAST = 10;
/** From such a share on, lists are as they were: some that are not are of data that came late. */
const MOST = 0.5;

type Direction = 'ascending' | 'descending';

/** A place in the items by which lists were sorted. */
interface Lost {
  /** Of the place; empty for the items themselves. */
  readonly name: string;
  readonly shares: readonly [Share, Share];
  readonly isReversed: boolean;
}

/**
 * Lists that always were sorted by something, and mostly are not any more: a store gives rows in the
 * order that was asked for, and in any where none was.
 */
export function orderLost(nodes: Nodes, { base, cand }: Sides<SchemaNode>): Change | undefined {
  const lost = placesOf(base).flatMap(([name, node]) => {
    const after = fieldAt(cand, name);
    if (!after || !isComparable(node, after)) return [];
    return lostAt(name, node.order?.counts(), after.order?.counts()) ?? [];
  });
  const [first] = lost;
  if (!first) return undefined;
  const now = lost.every(({ isReversed }) => isReversed) ? 'the other way round' : 'otherwise';
  const change = moved(once({ ...nodes, pointer: `${nodes.pointer}/*` }), first.shares, ['array'], {
    rule: 'schema.order-changed',
    what: `came sorted${byNames(lost)} and comes ${now}`,
  });
  return change.weight === 'decided' ? change : undefined;
}

/**
 * Lists whose items never followed themselves, by some field that told them apart, and mostly do: a join
 * that finds several rows for each, or a page that is added twice.
 */
export function itemsRepeated(nodes: Nodes, { base, cand }: Sides<SchemaNode>): Change | undefined {
  const found = placesOf(base).flatMap(([name, node]) => {
    const [before, after] = [node, fieldAt(cand, name)].map((one) => one?.order?.counts());
    if (!before || !after || before.repeating > 0) return [];
    const is = { some: after.repeating, all: after.lists };
    if (Math.min(before.lists, is.all) < LEAST || is.some <= MOST * is.all) return [];
    return [{ name, shares: [{ some: 0, all: before.lists }, is] as const }];
  });
  const [first] = found;
  if (!first) return undefined;
  const change = moved(once({ ...nodes, pointer: `${nodes.pointer}/*` }), first.shares, ['array'], {
    rule: 'schema.items-repeated',
    what: `comes several times in a row${byNames(found)}`,
  });
  return change.weight === 'decided' ? change : undefined;
}

/** Of the fields that show it, some; nothing where the items themselves do. */
function byNames(places: readonly { readonly name: string }[]): string {
  const names = places.flatMap(({ name }) => (name === '' ? [] : [name]));
  return names.length > 0 ? ` by ${names.slice(0, MOST_NAMED).join(', ')}` : '';
}

function fieldAt(items: SchemaNode, name: string): SchemaNode | undefined {
  return name === '' ? items : items.object?.properties.get(name)?.node;
}

function placesOf(items: SchemaNode): (readonly [name: string, node: SchemaNode])[] {
  const fields = [...(items.object?.properties ?? [])]
    .map(([name, { node }]) => [name, node] as const)
    .sort(([a], [b]) => byCodeUnit(a, b));
  return [['', items], ...fields];
}

/** What is written another way has another order, whatever it is sorted by. */
function isComparable(a: SchemaNode, b: SchemaNode): boolean {
  return typeNames(a) === typeNames(b) && a.string?.formats === b.string?.formats;
}

function lostAt(name: string, before?: OrderCounts, after?: OrderCounts): Lost | undefined {
  if (!before || !after) return undefined;
  const share = (counts: OrderCounts, direction: Direction): Share => ({
    some: counts[direction],
    all: counts.lists,
  });
  const direction = (['ascending', 'descending'] as const).find(
    (one) => standing(share(before, one)) === 'always',
  );
  if (direction === undefined) return undefined;
  const shares = [share(before, direction), share(after, direction)] as const;
  const [was, is] = shares;
  if (Math.min(was.all, is.all) < LEAST || is.some > MOST * is.all) return undefined;
  const other = direction === 'ascending' ? 'descending' : 'ascending';
  return { name, shares, isReversed: standing(share(after, other)) === 'always' };
}
