import { kindsIn } from './character-kinds.ts';
import { FORMATS, type Format } from './format-table.ts';
import { MAX_EXAMINED } from './limits.ts';

/** Every format still possible. */
export const ALL_FORMATS = 2 ** FORMATS.length - 1;

/** By length of a text: the formats that it may have. */
const BY_LENGTH = Int32Array.from({ length: MAX_EXAMINED + 1 }, (_, length) =>
  maskOf((format) => length >= format.length[0] && length <= format.length[1]),
);
const HAS = FORMATS.map(({ has = '' }) => kindsIn(has));
const OTHERS = FORMATS.map(({ only }) => (only === undefined ? 0 : ~kindsIn(only)));

/** Which of the formats in `among` the text has, as a mask. Longer text than is examined has none. */
export function formatsOf(text: string, among: number = ALL_FORMATS): number {
  let left = among & (BY_LENGTH[text.length] ?? 0);
  let mask = 0;
  const kinds = left === 0 ? 0 : kindsIn(text);
  while (left !== 0) {
    const bit = left & -left;
    left ^= bit;
    const at = 31 - Math.clz32(bit);
    const [has, others] = [HAS[at] as number, OTHERS[at] as number];
    if ((kinds & has) !== has || (kinds & others) !== 0) continue;
    if ((FORMATS[at] as Format).test(text)) mask |= bit;
  }
  return mask;
}

/** Names of the formats in a mask. */
export function formatNames(mask: number): string[] {
  return FORMATS.filter((_, bit) => (mask & (1 << bit)) !== 0).map((format) => format.name);
}

/** The formats of a mask that a reader relies on. */
export const STRONG_FORMATS = maskOf(({ weak }) => !weak);

function maskOf(fits: (format: Format) => boolean): number {
  return FORMATS.reduce((mask, format, bit) => (fits(format) ? mask | (1 << bit) : mask), 0);
}
