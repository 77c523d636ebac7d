import type { Body, Call, Headers } from '../calls/call.ts';
import { MAX_TEXT } from './value-tokens.ts';

const NO_HEADERS: Headers = new Map();
const NO_BODY: Body = { state: 'absent' };

/**
 * The call without what linking and fan-outs never look at: its answer's headers and body, and the end
 * of a long request. Three minutes of calls are held to link them, and bodies are most of a call.
 */
export function forLinking(call: Call): Call {
  return {
    ...call,
    responseHeaders: NO_HEADERS,
    responseBody: NO_BODY,
    requestBody: beginning(call.requestBody),
  };
}

function beginning(body: Body): Body {
  if (body.state === 'absent') return body;
  if (body.state === 'binary') return NO_BODY;
  if (body.text.length <= MAX_TEXT) return body;
  // A slice would keep the whole text in memory.
  return { state: 'cut', text: JSON.parse(JSON.stringify(body.text.slice(0, MAX_TEXT))) as string };
}
