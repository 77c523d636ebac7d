import { pathTokens } from '../segment-path.ts';
import { keyTokens } from './key.ts';
import type { Protocol } from './protocol.ts';
import { methodOf } from './text.ts';

/** Any other protocol: method and target. Whether it changes data isn't known, so it doesn't count as a mutation. */
export const general: Protocol = (call) => {
  const method = methodOf(call.method);
  if (call.path.startsWith('/')) {
    return { method, separator: '/', segments: pathTokens(call.path), mutation: false };
  }
  return { method, ...keyTokens(call.path), mutation: false };
};
