import type { Body, Headers } from '../../../src/calls/call.ts';
import type { Draws } from './draws.ts';
import { renderFields } from './fields.ts';
import type { Operation } from './system.ts';

const ABSENT: Body = { state: 'absent' };
const NO_HEADERS: Headers = new Map();

/** Status of a call that did not fail. */
export function successOf({ protocol, method }: Operation): string {
  if (protocol === 'postgresql') return '0';
  if (protocol === 'redis') return 'OK';
  if (protocol === 'kafka') return '0';
  return method === 'POST' ? '201' : '200';
}

/** What the operation is sent: its fields, or the statement with its argument. */
export function requestBody(
  { protocol, path, request }: Operation,
  draws: Draws,
  id: string,
): Body {
  if (protocol === 'postgresql') {
    return { state: 'whole', text: JSON.stringify({ query: path, params: [id] }) };
  }
  if (request.length === 0) return ABSENT;
  return { state: 'whole', text: renderFields(request, draws, id) };
}

/** What it answers: its fields, a row of them, or what an error says. */
export function responseBody(operation: Operation, draws: Draws, id: string, status: string): Body {
  const { protocol, response } = operation;
  if (protocol === 'redis' || protocol === 'kafka') return ABSENT;
  if (protocol === 'postgresql') {
    const rows = response.length === 0 ? '' : renderFields(response, draws, id);
    return { state: 'whole', text: `{"command":"${operation.method}","rows":[${rows}]}` };
  }
  if (status >= '400') {
    return { state: 'whole', text: `{"error":"failed","status":${status},"request":"${id}"}` };
  }
  return { state: 'whole', text: renderFields(response, draws, id) };
}

/** Headers of a request: a credential but for probes, and the trace where it is handed on. */
export function requestHeaders(
  { protocol, path }: Operation,
  draws: Draws,
  trace: string | undefined,
): Headers {
  if (protocol !== 'http') return NO_HEADERS;
  const headers = new Map([['accept', 'application/json']]);
  if (path.startsWith('/api/')) headers.set('authorization', 'Bearer abc.def.ghi');
  if (trace !== undefined) headers.set('traceparent', `00-${trace}-${draws.hex(16)}-01`);
  return headers;
}

/** Headers of a response: those that are always there, and those that chance puts there. */
export function responseHeaders({ protocol, headers: kinds }: Operation, draws: Draws): Headers {
  if (protocol !== 'http') return NO_HEADERS;
  const headers = new Map([['content-type', 'application/json']]);
  for (const [name, value, share] of kinds) {
    if (share >= 1 || draws.chance(share)) headers.set(name, value);
  }
  return headers;
}
