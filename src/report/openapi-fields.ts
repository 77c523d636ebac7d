import { sumOf } from '../profile/schema/merge.ts';
import type { SchemaNode } from '../profile/schema/node.ts';
import { COUNTS_KEYWORD } from '../profile/schema/render.ts';
import { type Json, sortedEntries } from '../support/json.ts';
import { schemaOf, textSchema } from './openapi-schema.ts';

/** What a repeated name has beyond its first value stands under the name with this. */
const MORE = '[]';

/** Fields of a query or a form, where all is text and any name may be repeated. */
export interface Fields {
  readonly named: readonly {
    readonly name: string;
    readonly always: boolean;
    readonly schema: Json;
  }[];
  /** Of the values whose names are data. */
  readonly others: Json | undefined;
}

export function fieldsOf(node: SchemaNode): Fields {
  const properties = node.object?.properties ?? new Map();
  const isRest = (name: string) =>
    name.endsWith(MORE) &&
    properties.has(name.slice(0, -MORE.length)) &&
    properties.get(name)?.node.count('string') === 0;
  const named = sortedEntries(properties)
    .filter(([name]) => !isRest(name))
    .map(([name, { node: value }]) => ({
      name,
      always: value.total === node.count('object'),
      schema: isRest(name + MORE) ? repeated(value) : textSchema(value),
    }));
  const others = [...(node.object?.patterns.values() ?? [])];
  return { named, others: others.length > 0 ? textSchema(sumOf(others)) : undefined };
}

function repeated(first: SchemaNode): Json {
  return {
    type: 'array',
    items: { type: 'string' },
    [COUNTS_KEYWORD]: schemaOf(first)[COUNTS_KEYWORD] as Json,
  };
}
