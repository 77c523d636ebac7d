import type { Call } from '../call.ts';
import { redactedName } from '../redacted-name.ts';
import { fixed } from '../segment.ts';
import { type GraphqlOperation, readOperation } from './graphql-document.ts';
import type { Asked, Protocol } from './protocol.ts';
import { jsonOf, objectOf, textMember, textOf } from './text.ts';

/** GraphQL dissected as such: the document in the body or the path. */
export const graphql: Protocol = (call) =>
  graphqlIn(call) ??
  asked({ type: 'query', name: redactedName(call.path.slice(0, 512)).slice(0, 64) || 'unknown' });

/** GraphQL over HTTP (its path or content type says so), or undefined. */
export function graphqlOverHttp(call: Call): Asked | undefined {
  const told =
    isGraphqlPath(call.path) ||
    call.requestHeaders.get('content-type')?.startsWith('application/graphql');
  return told ? graphqlIn(call) : undefined;
}

function isGraphqlPath(target: string): boolean {
  if (!/q/i.test(target)) return false;
  const end = target.search(/[?#]/);
  const path = end < 0 ? target : target.slice(0, end);
  return /(?:^|\/)(?:graphql|gql|query)(?:\.json)?\/?$/i.test(path.slice(-64));
}

function graphqlIn(call: Call): Asked | undefined {
  const body = jsonOf(call.requestBody);
  if (Array.isArray(body)) return asked({ type: 'query', name: 'batch' });
  const object = objectOf(call.requestBody) ?? queryOf(call.path);
  const text = textOf(call.requestBody);
  const document = textMember(object, 'query') ?? (object ? '' : documentIn(text));
  const chosen = textMember(object, 'operationName') ?? seenIn(text, object);
  const operation = readOperation(document, chosen);
  if (operation) return asked(operation);
  return chosen ? asked({ type: 'query', name: chosen }) : undefined;
}

function asked({ type, name }: GraphqlOperation): Asked {
  return {
    protocol: 'graphql',
    method: type.toUpperCase(),
    separator: '',
    segments: [
      fixed(
        redactedName(name)
          .replace(/[^\w,.-]/g, '_')
          .slice(0, 128),
      ),
    ],
    mutation: type === 'mutation',
  };
}

/** The operation's name in a body that was cut. */
function seenIn(text: string, object: unknown): string | undefined {
  if (object) return undefined;
  return /"operationName"\s*:\s*"(\w{1,128})"/.exec(text.slice(0, 4096))?.[1];
}

/** The document of a body that is nothing else, or as much of it as a cut body has. */
function documentIn(text: string): string {
  if (!/^\s*\{\s*"/.test(text)) return text;
  const seen = /"query"\s*:\s*"((?:[^"\\]|\\.)*)/.exec(text)?.[1] ?? '';
  return seen.replace(/\\[nrt]/g, ' ').replace(/\\(.)/g, '$1');
}

/** GraphQL over GET keeps its document in the query string. */
function queryOf(path: string): ReadonlyMap<string, unknown> | undefined {
  const at = path.indexOf('?');
  return at < 0 ? undefined : new Map(new URLSearchParams(path.slice(at + 1, at + 16_384)));
}
