import type { SchemaNode } from '../../profile/schema/node.ts';
import type { Sides } from '../sides.ts';
import { escapePointer } from './pointer.ts';
import type { Change } from './report.ts';

/** Things that both sides were asked for, of which some were asked for again. */
const LEAST_SHARED = 8;
const LEAST_REPEATED = 4;
/** So many values differ from thing to thing: what is the same for all is a setting, or a version. */
const LEAST_VALUES = 4;
/** Of fewer of the shared things it is what a day changes, and not what a version does. */
const MOST_CHANGED = 0.75;
const MOST_NAMED = 3;

/** What was answered about things that both sides tell of, at one place. */
interface Place {
  readonly pointer: string;
  readonly nodes: Sides<SchemaNode>;
  readonly shared: number;
  readonly changed: number;
}

/**
 * Values that are others now for (nearly) all things that both sides tell of, though each thing always had
 * its own: a price with another tax, times in another zone, links to another host. The things are those
 * asked for, and the items of lists that name themselves. Judged only where other values of the same
 * things stayed, since ids of a store that was filled anew are of other things. `isTold`: whether
 * something else is said of a place.
 */
export function answeredOtherwise(
  base: SchemaNode,
  cand: SchemaNode,
  isTold: (pointer: string) => boolean,
): Change | undefined {
  const { ofWhole, ofItems } = placesIn({ base, cand }, '');
  const others = [ofWhole, ...ofItems].flatMap((places) => {
    const kept = places.filter(({ changed, nodes }) => changed === 0 && !isEcho(nodes.base));
    const changed = places.filter((place) => place.changed >= MOST_CHANGED * place.shared);
    return changed.length > kept.length ? [] : changed;
  });
  const [first, ...more] = others.filter(({ pointer }) => !isTold(pointer));
  if (!first) return undefined;
  const also = more.slice(0, MOST_NAMED).map(({ pointer }) => pointer);
  const named =
    also.length === 0 ? '' : `, as ${also.length === 1 ? 'is' : 'are'} ${also.join(', ')}`;
  const { pointer, shared, changed, nodes } = first;
  return {
    rule: 'schema.answers-changed',
    pointer,
    what: `is another for the same things${named}${more.length > also.length ? ', …' : ''}`,
    base: { some: 0, all: shared },
    cand: { some: changed, all: shared },
    weight: 'decided',
    baseExamples: nodes.base.examples(),
    candExamples: nodes.cand.examples(),
  };
}

/** The steady places of a part of a message, by what they tell of. */
interface Places {
  /** What the part itself is about. */
  readonly ofWhole: readonly Place[];
  /** The items of each list in it. */
  readonly ofItems: readonly (readonly Place[])[];
}

function placesIn(nodes: Sides<SchemaNode>, pointer: string): Places {
  const here = placeAt(nodes, pointer);
  const ofWhole = here ? [here] : [];
  const ofItems: (readonly Place[])[] = [];
  for (const [name, { node }] of nodes.base.object?.properties ?? []) {
    const other = nodes.cand.object?.properties.get(name)?.node;
    if (!other) continue;
    const below = placesIn({ base: node, cand: other }, `${pointer}/${escapePointer(name)}`);
    ofWhole.push(...below.ofWhole);
    ofItems.push(...below.ofItems);
  }
  const [base, cand] = [nodes.base.array?.items, nodes.cand.array?.items];
  if (base && cand) {
    const item = placesIn({ base, cand }, `${pointer}/*`);
    ofItems.push(item.ofWhole, ...item.ofItems);
  }
  return { ofWhole, ofItems };
}

/** Undefined where what is answered about a thing is not always the same, or too little is known. */
function placeAt(nodes: Sides<SchemaNode>, pointer: string): Place | undefined {
  const { base, cand } = nodes;
  const [was, is] = [new Map(steady(base, LEAST_REPEATED)), new Map(steady(cand, 0))];
  const shared = [...was.keys()].filter((thing) => is.has(thing));
  const values = new Set(shared.map((thing) => was.get(thing)?.value));
  const changed = shared.filter((thing) => was.get(thing)?.value !== is.get(thing)?.value);
  // Flags have two values: only that each thing now has the other one says something.
  const isInverted = isFlag(nodes) && changed.length === shared.length && values.size === 2;
  if (shared.length < LEAST_SHARED || (values.size < LEAST_VALUES && !isInverted)) return undefined;
  return { pointer, nodes, shared: shared.length, changed: changed.length };
}

function isFlag({ base, cand }: Sides<SchemaNode>): boolean {
  return [base, cand].every((node) => node.count('boolean') === node.total);
}

/** Nothing where a value of one thing is now this, now that, or too few were asked for again. */
function steady({ valuesByThing }: SchemaNode, leastRepeated: number) {
  const known = valuesByThing?.known ?? [];
  const isSteady = known.every(([, { value }]) => value !== undefined);
  const repeated = known.filter(([, { isRepeated }]) => isRepeated);
  return isSteady && repeated.length >= leastRepeated ? known : [];
}

/** What repeats the request says nothing of the thing. */
function isEcho({ echoes, total }: SchemaNode): boolean {
  return (echoes?.count ?? 0) > total / 2;
}
