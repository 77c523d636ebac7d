import { formatNames } from '../profile/schema/formats.ts';
import type { SchemaNode } from '../profile/schema/node.ts';
import { COUNTS_KEYWORD, renderSchema } from '../profile/schema/render.ts';
import type { Json } from '../support/json.ts';

type Schema = { readonly [keyword: string]: Json };

/** Formats of text that stand for another type where all is text, as in a query. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['integer-string', 'integer'],
  ['decimal-string', 'number'],
  ['boolean-string', 'boolean'],
]);

/** What was seen at a place as a Schema Object of OpenAPI 3.1, which is JSON Schema 2020-12. */
export function schemaOf(node: SchemaNode): Schema {
  const { $schema: _dialect, ...schema } = renderSchema(node) as Schema;
  return schema;
}

/** The schema of a value that travels as text: what all that were seen could be read as. */
export function textSchema(node: SchemaNode): Schema {
  const told = schemaOf(node);
  const { string } = node;
  const others = node.total - node.count('string');
  if (!string || others > 0 || string.empty + string.masked > 0 || string.sample.size === 0) {
    return told;
  }
  const type = formatNames(string.formats)
    .map((name) => TYPES.get(name))
    .find(Boolean);
  return type ? { type, [COUNTS_KEYWORD]: told[COUNTS_KEYWORD] as Json } : told;
}
