import type { Finding } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import { schemasAt } from '../schema/locate.ts';
import { placeOf } from '../schema/report.ts';
import { drawTree, type SchemaField } from './schema-tree.ts';

/** Messages of one operation whose schemas are shown. */
const MAX_MESSAGES = 6;

/** The schema of a message before and after, around the fields that changed. */
export interface SchemaTree {
  /** The message and its part, as a finding's `path` begins: `response 200`, `request query`. */
  readonly message: string;
  readonly root: SchemaField;
}

/** The schemas that findings of an operation speak of; `room` is what is left for all operations. */
export function schemaTrees(
  pair: OperationPair,
  findings: readonly Finding[],
  room: { fields: number },
): SchemaTree[] {
  const fields = findings.flatMap(({ field }) => field ?? []);
  const messages = [...Map.groupBy(fields, placeOf)];
  return messages.slice(0, MAX_MESSAGES).flatMap(([message, members]): SchemaTree[] => {
    const [first] = members;
    if (!first || room.fields <= 0) return [];
    const { base, cand } = schemasAt(pair, first);
    if (!base && !cand) return [];
    const pointers = members.map(({ pointer }) => pointer);
    return [{ message, root: drawTree(base, cand, pointers, room) }];
  });
}
