import type { Call } from '../calls/call.ts';
import type { Link } from './link.ts';

/**
 * Links that the source knows itself, by call; undefined where it doesn't. A cause that is not among
 * `calls` was not seen.
 */
export function toldLinks(calls: readonly Call[]): readonly (Link | undefined)[] {
  if (calls.every(({ cause }) => cause === undefined)) return [];
  const index = new Map(calls.map(({ id }, i) => [id, i]));
  return calls.map(({ cause }, child) => {
    if (cause === undefined) return undefined;
    const parent = cause === null ? undefined : index.get(cause);
    return { child, parent: parent === child ? null : (parent ?? null), confidence: 1 };
  });
}
