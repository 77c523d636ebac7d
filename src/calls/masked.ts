/** A part of a text: from an index, up to another one. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a pattern finds in a text: its first group, of a pattern with indices, or all of a match. */
export function addMatches(spans: Span[], text: string, pattern: RegExp): void {
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const [from, to] = found.indices?.[1] ?? [found.index, found.index + found[0].length];
    spans.push({ from, to });
  }
}

/** The text with a mark in the place of each span: one for those that overlap or touch. */
export function masked(text: string, spans: readonly Span[], mark: string): string {
  if (spans.length === 0) return text;
  let out = '';
  let shown = 0;
  let end = -1;
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    if (from > end) {
      out += text.slice(shown, from) + mark;
      end = to;
    } else end = Math.max(end, to);
    shown = end;
  }
  return out + text.slice(shown);
}
