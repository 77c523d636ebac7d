/** Kinds of characters, each a bit: cheap to know of a text, and most formats are ruled out by them. */
const MARKS = '-:.@/+, _=';
const DIGIT = 1 << MARKS.length;
const HEX_LETTER = DIGIT << 1;
const LETTER = DIGIT << 2;
const BRACKET = DIGIT << 3;
const OTHER = DIGIT << 4;

const KINDS = Int32Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));

/** The kinds that occur in a text; of a text of one character of each, those that are meant. */
export function kindsIn(text: string): number {
  let kinds = 0;
  for (let i = 0; i < text.length; i++) kinds |= KINDS[text.charCodeAt(i)] ?? OTHER;
  return kinds;
}

function kindOf(char: string): number {
  const mark = MARKS.indexOf(char);
  if (mark >= 0) return 1 << mark;
  if (/\d/.test(char)) return DIGIT;
  if (/[a-f]/i.test(char)) return HEX_LETTER;
  if (/[a-z]/i.test(char)) return LETTER;
  return /[[\]{}]/.test(char) ? BRACKET : OTHER;
}
