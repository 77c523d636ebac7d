import { fixed } from '../segment.ts';
import { nameToken } from './name.ts';
import type { Protocol } from './protocol.ts';
import { methodOf } from './text.ts';

/** DNS: query type and name in lower case without the root's dot; reverse names are one. RFC 1035. */
export const dns: Protocol = (call) => {
  const name = call.path.trim().slice(0, 255).replace(/\.$/, '').toLowerCase();
  const reverse = /\.(in-addr|ip6)\.arpa$/.exec(name);
  const token = reverse ? fixed(`{id}.${reverse[1]}.arpa`) : nameToken(name, '.');
  return {
    method: methodOf(call.method),
    separator: '',
    segments: name === '' ? [] : [token],
    mutation: methodOf(call.method) === 'UPDATE',
  };
};
