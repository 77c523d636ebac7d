import type { MessageProfile } from '../profile/message.ts';
import { type BodyKind, kindOfType } from '../profile/schema/decode.ts';
import type { SchemaNode } from '../profile/schema/node.ts';
import { COUNTS_KEYWORD } from '../profile/schema/render.ts';
import { type Json, sortedEntries } from '../support/json.ts';
import { fieldsOf } from './openapi-fields.ts';
import { schemaOf } from './openapi-schema.ts';

/** The media type of bodies that name none. */
const DEFAULT_TYPES: Readonly<Record<BodyKind, string>> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  sse: 'text/event-stream',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
  xml: 'application/xml',
  grpc: 'application/grpc',
  protobuf: 'application/x-protobuf',
  text: 'text/plain',
  binary: 'application/octet-stream',
};

/** The `content` of a message's bodies, by media type; undefined where none had a body. */
export function contentOf(message: MessageProfile): Json | undefined {
  const { bodies, contentTypes, kinds } = message;
  if (bodies.known + bodies.unknown + bodies.invalid === 0) return undefined;
  const types = new Map<string, Json>();
  const guessed = new Map(kinds.map(([kind, { schema }]) => [kind, schema]));
  const named = contentTypes.capped ? [] : contentTypes.entries().map(([type]) => type);
  for (const type of named) {
    const kind = kindOfType(type);
    const schema = kind && message.schema(kind);
    if (!schema) continue;
    types.set(type, mediaType(kind, schema));
    guessed.delete(kind);
  }
  for (const type of named) {
    if (type !== '' && !types.has(type)) types.set(type, guessedType(type, guessed));
  }
  if (contentTypes.capped || named.includes('')) {
    for (const [kind, schema] of guessed) types.set(DEFAULT_TYPES[kind], mediaType(kind, schema));
  }
  if (types.size === 0) types.set('*/*', {});
  return Object.fromEntries(sortedEntries(types));
}

/** Bodies decoded by their look, or not at all: known only where they all were one thing. */
function guessedType(type: string, guessed: ReadonlyMap<BodyKind, SchemaNode>): Json {
  const [only, ...others] = guessed;
  const one = only && others.length === 0 ? only : undefined;
  if (kindOfType(type) !== 'text') return one ? mediaType(...one) : {};
  return {
    schema: { type: 'string' },
    ...(one && one[0] !== 'text' && { [COUNTS_KEYWORD]: { decoded: schemaOf(one[1]) } }),
  };
}

function mediaType(kind: BodyKind, node: SchemaNode): Json {
  switch (kind) {
    case 'json':
      return { schema: schemaOf(node) };
    case 'form':
      return { schema: formOf(node) };
    case 'multipart':
      return { schema: partsOf(node) };
    case 'text':
      return { schema: { type: 'string' } };
    case 'binary':
      return {};
    case 'ndjson':
    case 'sse':
      return { schema: { type: 'string' }, [COUNTS_KEYWORD]: { items: schemaOf(node) } };
    default:
      return { [COUNTS_KEYWORD]: { decoded: schemaOf(node) } };
  }
}

function formOf(node: SchemaNode): Json {
  const { named, others } = fieldsOf(node);
  const always = named.filter((field) => field.always);
  return {
    type: 'object',
    properties: Object.fromEntries(named.map(({ name, schema }) => [name, schema])),
    ...(always.length > 0 && { required: always.map(({ name }) => name) }),
    additionalProperties: others ?? false,
  };
}

/** Parts by name: of a part, only whether it says what it is was kept. */
function partsOf(node: SchemaNode): Json {
  const parts = sortedEntries(node.object?.properties ?? new Map());
  const always = parts.filter(([, part]) => part.node.total === node.count('object'));
  return {
    type: 'object',
    properties: Object.fromEntries(
      parts.map(([name, part]) => [
        name,
        part.node.object?.properties.has('content-type') ? {} : { type: 'string' },
      ]),
    ),
    ...(always.length > 0 && { required: always.map(([name]) => name) }),
  };
}
