import type { Call } from '../calls/call.ts';
import { mediaType } from './message-header-form.ts';
import { type Decoded, decodeBody } from './schema/decode.ts';
import { decodeQuery } from './schema/decode-form.ts';

/** Protocols whose paths are URLs. */
const WITH_QUERY: ReadonlySet<string> = new Set([
  'http',
  'https',
  'http2',
  'ws',
  'websocket',
  'graphql',
  'gql',
]);

export interface DecodedBody {
  /** Its media type; empty where none is named. */
  readonly type: string;
  readonly decoded: Decoded;
}

/** What a call's messages say, taken apart once for all that look into it. */
export interface DecodedCall {
  /** Undefined where the protocol has none. */
  readonly query: ReturnType<typeof decodeQuery> | undefined;
  readonly request: DecodedBody;
  readonly response: DecodedBody;
}

export function decodeCall(call: Call): DecodedCall {
  return {
    query: WITH_QUERY.has(call.protocol) ? decodeQuery(call.path) : undefined,
    request: bodyOf(call, 'request'),
    response: bodyOf(call, 'response'),
  };
}

/** The body of one message of a call. */
export function bodyOf(call: Call, side: 'request' | 'response'): DecodedBody {
  const body = side === 'request' ? call.requestBody : call.responseBody;
  const headers = side === 'request' ? call.requestHeaders : call.responseHeaders;
  const header = headers.get('content-type') ?? '';
  const type = mediaType(header) || (call.protocol === 'grpc' ? 'application/grpc' : '');
  return { type, decoded: decodeBody(body, type, header) };
}
