/** Types of text that are read by the character set that the header names. */
const BY_CHARSET = /^\s*(?:text\/(?:html|plain|xml)|application\/(?:[\w.-]+\+)?xml)\s*(?:[;,]|$)/;
const CHARSET =
  /;\s*charset="?(utf-?(?:8|16|32)(?:[bl]e)?|us-ascii|iso-8859-\d\d?|windows-12\d\d|shift_jis|euc-(?:jp|kr|tw)|gb(?:k|2312|18030)|big5|koi8-[ru])"?\s*(?:[;,]|$)/;

/** The character set of a text; nothing of other bodies, which say it themselves. */
export function charset(value: string): string | undefined {
  const lower = value.toLowerCase();
  if (!BY_CHARSET.test(lower)) return undefined;
  const named = CHARSET.exec(lower)?.[1]?.replace(/utf(?=\d)/, 'utf-');
  return `charset=${named ?? (lower.includes('charset=') ? '(other)' : '(none)')}`;
}
