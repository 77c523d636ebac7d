/**
 * What the stars of a pattern stand for in a text, in order; undefined where it does not fit. A star is
 * any text, also none; every other character is itself. Each part is looked for once, from left to
 * right, so that no pattern of a stranger can make it hang.
 */
export function matchGlob(pattern: string, text: string): string[] | undefined {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return text === pattern ? [] : undefined;
  if (!text.startsWith(head)) return undefined;
  const stars: string[] = [];
  let at = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return undefined;
    stars.push(text.slice(at, found));
    at = found + part.length;
  }
  if (text.length - at < tail.length || !text.endsWith(tail)) return undefined;
  stars.push(text.slice(at, text.length - tail.length));
  return stars;
}

/** Whether a text fits a pattern in which a star stands for any text. */
export function fitsGlob(pattern: string, text: string): boolean {
  return matchGlob(pattern, text) !== undefined;
}
