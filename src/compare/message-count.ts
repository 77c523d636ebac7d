import type { MessageProfile, MessageSide } from '../profile/message.ts';
import type { OperationStats } from '../profile/operation-stats.ts';
import type { SchemaNode } from '../profile/schema/node.ts';
import { sum } from '../support/numbers.ts';

const RECORDS = /^records?$/i;
/** What a record holds: what is in it is its own. */
const CONTENT = /^(?:key|value|headers)$/i;

/** Messages that the calls of an operation brought to a queue (`request`) or from it. */
export function messagesIn(stats: OperationStats, side: MessageSide): number {
  return sum(schemasOf(stats, side), recordsIn);
}

/** Lists of messages that came from a queue, none of them empty: of each answer, or of each partition where told. */
export function batchesIn(stats: OperationStats, by: 'answer' | 'partition'): number {
  const places = schemasOf(stats, 'response').flatMap(recordPlaces);
  return by === 'answer'
    ? sum(places, (place) => place.count('array') - (place.array?.empty ?? 0))
    : sum(places, (place) => place.count('integer'));
}

function schemasOf({ request, statuses }: OperationStats, side: MessageSide): SchemaNode[] {
  const messages: readonly MessageProfile[] =
    side === 'request' ? [request] : statuses.map(([, { response }]) => response);
  return messages.flatMap(({ kinds }) => kinds.map(([, { schema }]) => schema));
}

/** What stands under the name of records in all values of a place: lists, or how many a partition gave. */
function recordPlaces({ object, array }: SchemaNode): SchemaNode[] {
  const below = [...(object?.properties ?? [])]
    .filter(([name]) => !CONTENT.test(name))
    .flatMap(([name, { node }]) => (RECORDS.test(name) ? [node] : recordPlaces(node)));
  return array ? [...below, ...recordPlaces(array.items)] : below;
}

/** Items of the lists of records in all values of a place, the innermost where one holds others. */
function recordsIn({ object, array }: SchemaNode): number {
  let records = array ? recordsIn(array.items) : 0;
  for (const [name, { node }] of object?.properties ?? []) {
    if (CONTENT.test(name)) continue;
    const within = recordsIn(node);
    records += within;
    if (within === 0 && RECORDS.test(name)) records += node.array?.items.total ?? 0;
  }
  return records;
}
