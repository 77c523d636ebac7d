import { MAX_EXAMINED } from './limits.ts';

/**
 * How a text is written, beside its format, as bits of a mask: what a reader that parses or compares it
 * strictly relies on. Append only: masks are stored. `examined` tells what has none of the others from
 * a text of before there were any.
 */
export const TRAITS = {
  examined: 1,
  capitals: 2,
  smallLetters: 4,
  negative: 8,
  fraction: 16,
  milliseconds: 32,
  prefix: 64,
} as const;

export const ALL_TRAITS = 2 ** Object.keys(TRAITS).length - 1;

const PATTERNS: readonly (readonly [number, RegExp])[] = [
  [TRAITS.capitals, /[A-Z]/],
  [TRAITS.smallLetters, /[a-z]/],
  [TRAITS.negative, /^-\d/],
  [TRAITS.fraction, /\d:\d\d[.,]\d/],
  [TRAITS.milliseconds, /\d:\d\d[.,]\d{3}(?!\d)/],
  // A word joined to an id with a digit: `ord_7f3`, `urn:isbn:978`.
  [TRAITS.prefix, /^[A-Za-z]{2,16}[_:-](?=[\w:-]*\d)[\w:-]+$/],
];

/** The traits of a text, of a longer one those of its beginning, as a mask. */
export function traitsOf(text: string): number {
  const examined = text.slice(0, MAX_EXAMINED);
  return PATTERNS.reduce<number>(
    (mask, [trait, pattern]) => (pattern.test(examined) ? mask | trait : mask),
    TRAITS.examined,
  );
}
