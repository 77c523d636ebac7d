import type { OrderCounts } from '../../profile/schema/list-order.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import { byCodeUnit } from '../../support/json.ts';
import { moved, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';
import { type Share, standing } from './share.ts';
import { typeNames } from './types.ts';

const MOST_NAMED = 3;
/** Of fewer lists nothing is said. */
const LEAST = 10;
/** From such a share on, lists are sorted still: some that are not are of data that came late. */
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
export function orderLost(
  nodes: Nodes,
  { base, cand }: { readonly base: SchemaNode; readonly cand: SchemaNode },
): Change | undefined {
  const lost = placesOf(base).flatMap(([name, node]) => {
    const after = name === '' ? cand : cand.object?.properties.get(name)?.node;
    if (!after || !isComparable(node, after)) return [];
    return lostAt(name, node.order?.counts(), after.order?.counts()) ?? [];
  });
  const [first] = lost;
  if (!first) return undefined;
  const names = lost.flatMap(({ name }) => (name === '' ? [] : [name]));
  const by = names.length > 0 ? ` by ${names.slice(0, MOST_NAMED).join(', ')}` : '';
  const now = lost.every(({ isReversed }) => isReversed) ? 'the other way round' : 'otherwise';
  const change = moved(once({ ...nodes, pointer: `${nodes.pointer}/*` }), first.shares, ['array'], {
    rule: 'schema.order-changed',
    what: `came sorted${by} and comes ${now}`,
  });
  return change.weight === 'decided' ? change : undefined;
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
