import { pathTokens } from '../segment-path.ts';
import { graphqlOverHttp } from './graphql.ts';
import { grpc, isGrpc } from './grpc.ts';
import { actionOf } from './http-action.ts';
import type { Protocol } from './protocol.ts';
import { methodOf } from './text.ts';

/** Safe methods of RFC 9110 (9.2.1), RFC 4918 (WebDAV), RFC 5323 (SEARCH) and the QUERY draft. */
const safe: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'REPORT',
  'SEARCH',
  'QUERY',
]);

/** HTTP: method and path; host, query and fragment don't count. gRPC and GraphQL inside it are seen. */
export const http: Protocol = (call) => {
  if (isGrpc(call)) return { ...grpc(call), protocol: 'grpc' };
  const asked = graphqlOverHttp(call);
  if (asked) return asked;
  const method = methodOf(call.method);
  const segments = method === 'CONNECT' ? ['{authority}'] : pathTokens(call.path);
  const action = actionOf(call);
  if (action) segments.push(action);
  return { method, separator: '/', segments, mutation: !safe.has(method) };
};
