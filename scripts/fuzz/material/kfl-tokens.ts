import { Broken } from '../engine/failure.ts';

/**
 * Tokens of CEL, of which KFL is a dialect, by its own lexical grammar (cel-spec, "Syntax"): written
 * apart from what builds filters, and from the stand-in for a Hub that reads them.
 */
const TOKEN =
  /(?<space>[ \t\n\f\r]+|\/\/[^\n]*)|(?<string>"(?:[^"\\\n\r]|\\(?:u[0-9a-fA-F]{4}|[abfnrtv\\?"'`]))*")|(?<name>[A-Za-z_]\w*)|(?<number>-?\d+(?:\.\d+)?)|(?<sign>&&|\|\||[=!<>]=|[<>!.,()[\]?:+*/%-])/y;
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' },
};

interface Token {
  readonly kind: string;
  readonly text: string;
}

function tokensOf(kfl: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < kfl.length) {
    const groups = TOKEN.exec(kfl)?.groups;
    if (!groups) throw new Broken('a filter is made of tokens', kfl);
    const [kind, text] = Object.entries(groups).find(([, value]) => value !== undefined) as [
      string,
      string,
    ];
    if (kind !== 'space') tokens.push({ kind, text });
  }
  return tokens;
}

/** A filter with nothing in its string literals, and numbers as one. */
export function skeletonOf(kfl: string): string {
  return tokensOf(kfl)
    .map(({ kind, text }) => (kind === 'string' ? '""' : kind === 'number' ? '0' : text))
    .join(' ');
}

/** What the string literals of a filter mean. */
export function stringsOf(kfl: string): string[] {
  return tokensOf(kfl).flatMap(({ kind, text }) => (kind === 'string' ? [meaningOf(text)] : []));
}

function meaningOf(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, hex: string | undefined, char: string) =>
      hex === undefined ? (ESCAPES[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
    );
}
