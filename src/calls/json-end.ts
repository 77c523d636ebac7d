const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Whether JSON text ends before its objects, arrays and strings are closed. Looks at nothing else:
 * what is closed may still be no JSON. Walks the text once, without building values.
 */
export function endsEarly(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      i = closingQuote(text, i + 1);
      if (i < 0) return true;
    } else if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) depth--;
  }
  return depth > 0;
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at > from && text.charCodeAt(at - 1) === BACKSLASH) {
    let start = at - 1;
    while (start > from && text.charCodeAt(start - 1) === BACKSLASH) start--;
    if ((at - start) % 2 === 0) break;
    at = text.indexOf('"', at + 1);
  }
  return at;
}
