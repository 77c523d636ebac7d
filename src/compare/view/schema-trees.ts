import type { Finding } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import { type Place, parsePlace, schemasAt } from '../schema/place.ts';
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
  const places = findings.flatMap(({ path, category }) => {
    const place = category === 'coverage' || path === undefined ? undefined : parsePlace(path);
    return place && path !== undefined ? [{ message: messageOf(path, place), place }] : [];
  });
  const messages = [...Map.groupBy(places, ({ message }) => message)];
  return messages.slice(0, MAX_MESSAGES).flatMap(([message, members]): SchemaTree[] => {
    const [first] = members;
    if (!first || room.fields <= 0) return [];
    const { base, cand } = schemasAt(pair, first.place);
    if (!base && !cand) return [];
    const pointers = members.map(({ place }) => place.pointer);
    return [{ message, root: drawTree(base, cand, pointers, room) }];
  });
}

function messageOf(path: string, { pointer }: Place): string {
  return path.slice(0, path.length - pointer.length).trimEnd();
}
