import type { Family } from '../../calls/target.ts';
import type { OutcomeSide } from './pair.ts';

const CACHES = new Set(['redis', 'memcached', 'memcache']);
const ALWAYS = 0.95;

/**
 * Whether an operation asks a cache on (nearly) every call: then its other reads, and its writes to
 * the cache, come and go with the hits.
 */
export function asksCache({ children, handled }: OutcomeSide): boolean {
  for (const { family, present } of children.values()) {
    if (isCacheRead(family) && present >= ALWAYS * handled) return true;
  }
  return false;
}

export function isCache(protocol: string): boolean {
  return CACHES.has(protocol);
}

export function isCacheRead({ protocol, mutation }: Family): boolean {
  return isCache(protocol) && !mutation;
}

export function isCacheWrite({ protocol, mutation }: Family): boolean {
  return isCache(protocol) && mutation;
}
