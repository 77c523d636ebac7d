import { literal } from '../segment.ts';
import { pathTokens } from '../segment-path.ts';
import type { Protocol } from './protocol.ts';
import { methodOf, objectOf, textMember, textOf } from './text.ts';

/** WebSocket: path, and the message's own type where it is named. What a message does isn't known, so none is a mutation. */
export const websocket: Protocol = (call) => {
  const segments = pathTokens(call.path);
  const text = textOf(call.requestBody);
  const name =
    textMember(objectOf(call.requestBody), 'type', 'event', 'action', 'op') ??
    /^4[0-9](?:\/[\w-]{1,64},)?\d{0,8}\["([\w.:/ -]{1,64})"/.exec(text)?.[1];
  if (name && /^[A-Za-z][\w.:/-]{0,63}$/.test(name)) segments.push(`#${literal(name)}`);
  return { method: methodOf(call.method), separator: '/', segments, mutation: false };
};
