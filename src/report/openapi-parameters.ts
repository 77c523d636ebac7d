import { isPassing } from '../compare/headers/kinds.ts';
import type { MessageProfile } from '../profile/message.ts';
import { COUNTS_KEYWORD } from '../profile/schema/render.ts';
import type { Json } from '../support/json.ts';
import { fieldsOf } from './openapi-fields.ts';
import { credentialHeaders } from './openapi-security.ts';

/** OpenAPI ignores them as parameters, or they tell of the client and not of the operation. */
const NOT_PARAMETERS =
  /^(?:accept|accept-language|accept-charset|content-.*|authorization|cookie|origin|referer|cache-control|pragma|dnt|priority|upgrade-insecure-requests|x-requested-with|purpose|save-data)$/;
/** RFC 9110, section 5.6.2. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** Query parameters and the headers that are part of an operation. */
export function parametersOf(request: MessageProfile): Json[] {
  return [...queryParameters(request), ...headerParameters(request)];
}

/** Headers of a response that are part of the contract, as the document has them. */
export function responseHeaders(response: MessageProfile): Json | undefined {
  const told = headersOf(response).filter(([name]) => !/^content-(?:type|length)$/.test(name));
  if (told.length === 0) return undefined;
  return Object.fromEntries(told);
}

function queryParameters({ query }: MessageProfile): Json[] {
  if (!query) return [];
  const { named, others } = fieldsOf(query);
  const parameters = named.map(({ name, always, schema }) => ({
    name,
    in: 'query',
    required: always,
    schema,
  }));
  if (others === undefined) return parameters;
  // Exploded, the members of an object are parameters of their own.
  const schema = { type: 'object', additionalProperties: others };
  const taken = new Set(named.map(({ name }) => name));
  let name = 'others';
  while (taken.has(name)) name += '_';
  return [...parameters, { name, in: 'query', style: 'form', explode: true, schema }];
}

function headerParameters(request: MessageProfile): Json[] {
  return headersOf(request)
    .filter(([name]) => !NOT_PARAMETERS.test(name) && !credentialHeaders.has(name))
    .map(([name, header]) => ({ name, in: 'header', ...header }));
}

/** Names are lower case, as HTTP/2 sends them. */
function headersOf(
  message: MessageProfile,
): [name: string, header: { readonly [keyword: string]: Json }][] {
  return message.headers
    .entries()
    .filter(([name]) => !isPassing(name) && TOKEN.test(name) && name !== '__proto__')
    .map(([name, { count, forms }]) => {
      const known = forms.entries().filter(([form]) => form !== '');
      return [
        name,
        {
          required: count === message.count,
          schema: { type: 'string' },
          [COUNTS_KEYWORD]: { count, ...(known.length > 0 && { forms: known }) },
        },
      ];
    });
}
