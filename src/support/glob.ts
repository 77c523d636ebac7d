/**
 * What the stars of a pattern stand for in a text, in order; undefined where it does not fit. A star is
 * any text, also none; every other character is itself. Each part is looked for once, from left to
 * right, so that no pattern of a stranger can make it hang.
 */
export function matchGlob(pattern: string, text: string): string[] | undefined {
  const parts = partsOf(pattern);
  const [head = ''] = parts;
  const tail = parts.at(-1) ?? '';
  if (parts.length === 1) return text === pattern ? [] : undefined;
  if (!text.startsWith(head) || !text.endsWith(tail)) return undefined;
  const stars: string[] = [];
  let at = head.length;
  for (let i = 1; i < parts.length - 1; i++) {
    const part = parts[i] as string;
    const found = text.indexOf(part, at);
    if (found < 0) return undefined;
    stars.push(text.slice(at, found));
    at = found + part.length;
  }
  if (text.length - at < tail.length) return undefined;
  stars.push(text.slice(at, text.length - tail.length));
  return stars;
}

const MAX_CACHED = 10_000;
const cache = new Map<string, readonly string[]>();

/** A pure function of the pattern; the cache only saves time: one pattern meets thousands of texts. */
function partsOf(pattern: string): readonly string[] {
  let parts = cache.get(pattern);
  if (!parts) {
    if (cache.size >= MAX_CACHED) cache.clear();
    parts = pattern.split('*');
    cache.set(pattern, parts);
  }
  return parts;
}

/** Whether a text fits a pattern in which a star stands for any text. */
export function fitsGlob(pattern: string, text: string): boolean {
  return matchGlob(pattern, text) !== undefined;
}
