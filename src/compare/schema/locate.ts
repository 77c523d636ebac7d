import type { MessageProfile } from '../../profile/message.ts';
import { BODY_KINDS } from '../../profile/schema/decode.ts';
import { sumOf } from '../../profile/schema/merge.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import type { FieldChange } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import { unescapePointer } from './pointer.ts';

/** The schemas of both sides in which a field is. */
export function schemasAt(
  { base, cand }: Pick<OperationPair, 'base' | 'cand'>,
  { side, status, part }: FieldChange,
): { readonly base: SchemaNode | undefined; readonly cand: SchemaNode | undefined } {
  const [before, after] = [base, cand].map((stats) => {
    const { request, statuses } = stats;
    const answered = () => statuses.find(([known]) => known === status)?.[1].response;
    const message = side === 'request' ? request : answered();
    return message && schemaOf(message, part);
  });
  return { base: before, cand: after };
}

function schemaOf(message: MessageProfile, part: string): SchemaNode | undefined {
  if (part === 'query') return message.query;
  const kind = BODY_KINDS.find((known) => known === part);
  return kind && message.schema(kind);
}

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
