import type { MessageProfile, MessageSide } from '../profile/message.ts';
import type { OperationStats } from '../profile/operation-stats.ts';
import type { SchemaNode } from '../profile/schema/node.ts';

const RECORDS = /^records?$/i;
/** What a record holds: what is in it is its own. */
const CONTENT = /^(?:key|value|headers)$/i;

/** Messages that the calls of an operation brought to a queue (`request`) or from it. */
export function messagesIn({ request, statuses }: OperationStats, side: MessageSide): number {
  const messages: readonly MessageProfile[] =
    side === 'request' ? [request] : statuses.map(([, { response }]) => response);
  const schemas = messages.flatMap(({ kinds }) => kinds.map(([, { schema }]) => schema));
  return schemas.reduce((sum, schema) => sum + recordsIn(schema), 0);
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
