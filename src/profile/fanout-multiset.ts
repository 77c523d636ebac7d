import type { ChildCall } from './fanout-child.ts';

/** A handled call with more different targets than this is `WIDE`: its multiset isn't kept. */
const MAX_TARGETS = 48;
export const WIDE = '*';

/** The multiset of targets as text: `count key` lines in code-unit order; empty without children. */
export function multisetOf(byTarget: ReadonlyMap<string, readonly ChildCall[]>): string {
  if (byTarget.size > MAX_TARGETS) return WIDE;
  return [...byTarget]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([key, calls]) => `${calls.length} ${key}`)
    .join('\n');
}

/** Reads a multiset back; undefined for `WIDE`. Throws RangeError on anything else. */
export function readMultiset(
  text: string,
): readonly (readonly [key: string, count: number])[] | undefined {
  if (text === WIDE) return undefined;
  if (text === '') return [];
  return text.split('\n').map((line) => {
    const space = line.indexOf(' ');
    const count = Number(line.slice(0, space));
    if (space < 1 || !Number.isSafeInteger(count) || count < 1)
      throw new RangeError('not a multiset');
    return [line.slice(space + 1), count];
  });
}
