import { addMatches, masked, type Span } from './masked.ts';
import { isPaymentCard } from './payment-card.ts';
import { addCredentials } from './secret-formats.ts';
import { addSecretValues } from './secret-pairs.ts';

/** What stands for a removed value. */
const GONE = '[redacted]';
/** Evidence is short: longer text is cut here before it is searched. */
const MAX_TEXT = 64 * 1024;
/** A mark in the place of one secret may uncover another; a text where that goes on is none to show. */
const MAX_PASSES = 8;

/**
 * Beginnings of tokens that in evidence are secrets whatever follows; as a name chosen by people some
 * would be none (`pk_orders`). Linear, as those of secret-formats.ts.
 */
const LOOSE_TOKENS = [
  /\beyJ[\w-]{6,}\.[\w-]{2,}(?:\.[\w-]*){0,3}/g,
  /\b(?:sk|pk|rk|whsec)[_-][\w-]{8,}/g,
  /\b(?:ghp|gho|ghu|ghs|ghr|npm|pypi|glpat|dop|shpat|github_pat)[_-]\w[\w-]{15,}/g,
  /\bxox[a-z]-[\w-]{8,}/g,
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g,
  /\bAIza[\w-]{20,}/g,
  /\bya29\.[\w-]{8,}/g,
  /\bSG\.[\w-]{8,}\.[\w-]{8,}/g,
] as const;

const SCHEME = /\b(?:Bearer|Basic|Digest|Negotiate|ApiKey|Token)[ \t]+(?=([\w.~+/=:-]{6,}))/dgi;
/** In a name, where `basic publish` is no credential. */
const NAMED_SCHEME =
  /\b(?:Bearer|Basic|Digest|Negotiate|ApiKey|Token)[ \t]+(?=\S{0,256}\d)(?=([\w.~+/=:-]{12,}))/dgi;
const USER_INFO = /:\/\/([^\s/?#@"'<>]{1,256})@/dg;
const EMAIL = /[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/g;
const CARD =
  /(?<!\w|[\da-f]{4}-)\d(?:[ -]?\d){12,18}(?!\w|-[\da-f]{4})|(?<!\d|[\da-f]{4}-)\d{13,19}(?!\d|-[\da-f]{4})/gi;
/** Groups that a card number is written in, with what may stand beside it. */
const MAX_GROUPS = 7;
/** In international form: what is written without a plus can't be told from an id. E.164. */
const PHONE = /(?<![\w+])\+[1-9](?:[ ()./-]{0,2}\d){7,14}(?!\d)/g;
const SSN = /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g;
const LONG_HEX = /(?<![\w-])(?:0x)?[0-9a-f]{32,}(?![\w-])/gi;
const LONG_BASE64 = /(?<![\w+/-])[A-Za-z0-9+/_-]{40,}={0,2}(?![\w+/-])/g;
/**
 * Whether a value by itself looks like a secret or like personal data: a known token format, a card
 * number, an e-mail address, or text too random to be a word. Such a value never enters a profile.
 */
export function looksSecret(value: string): boolean {
  const text = value.slice(0, 4096);
  return redactLong(redactOnce(text, addFormats)) !== text || isRandom(text);
}

/** Text as evidence may show it: secrets and personal data replaced by `[redacted]`. Linear in time. */
export function redactText(text: string): string {
  return settled(text, (one) =>
    redactLong(redactOnce(one.slice(0, MAX_TEXT), addSecretValues, addFormats)),
  );
}

/** The credentials that a slash belongs to. */
export function redactAddress(text: string): string {
  return settled(text, (one) => redactOnce(one, addUserInfo, addCredentials));
}

/** A name without the secrets in it; long hexadecimal text may stay, since containers are named so. */
export function redactName(name: string): string {
  return settled(name, (one) =>
    redactOnce(one, addSecretValues, addNamedSchemes, addUserInfo, addCredentials, addPersonal),
  );
}

/** A name of which `token = ?` may be a part. */
export function redactStatement(text: string): string {
  return settled(text, (one) => redactOnce(one, addCredentials, addPersonal));
}

/** What a pass makes of a text, which the pass leaves as it is. */
function settled(text: string, pass: (text: string) => string): string {
  let shown = text;
  for (let count = 0; count < MAX_PASSES; count++) {
    const before = shown;
    shown = pass(before);
    if (shown === before) return shown;
  }
  return GONE;
}

type AddSpans = (spans: Span[], text: string) => void;

/** All rules are asked of the same text: what one takes may be the beginning of what another one knows. */
function redactOnce(text: string, ...rules: readonly AddSpans[]): string {
  const spans: Span[] = [];
  for (const add of rules) add(spans, text);
  return masked(text, spans, GONE);
}

const addSchemes: AddSpans = (spans, text) => addMatches(spans, text, SCHEME);
const addNamedSchemes: AddSpans = (spans, text) => addMatches(spans, text, NAMED_SCHEME);
const addUserInfo: AddSpans = (spans, text) => addMatches(spans, text, USER_INFO);

function addFormats(spans: Span[], text: string): void {
  addSchemes(spans, text);
  addUserInfo(spans, text);
  addCredentials(spans, text);
  for (const token of LOOSE_TOKENS) addMatches(spans, text, token);
  addPersonal(spans, text);
}

/** What has no form but its length. */
function redactLong(text: string): string {
  return text
    .replace(LONG_HEX, GONE)
    .replace(LONG_BASE64, (word) => (isRandom(word) ? GONE : word));
}

function addPersonal(spans: Span[], text: string): void {
  for (const pattern of [EMAIL, SSN, PHONE]) addMatches(spans, text, pattern);
  CARD.lastIndex = 0;
  for (let found = CARD.exec(text); found; found = CARD.exec(text)) addCard(spans, found);
}

/** Of digits in groups those that make a card number: a suffix may stand beside it. */
function addCard(spans: Span[], { index, 0: digits }: RegExpExecArray): void {
  if (isPaymentCard(digits)) {
    spans.push({ from: index, to: index + digits.length });
    return;
  }
  const groups = digits.split(/(?<=[ -])/);
  if (groups.length > MAX_GROUPS) return;
  for (let from = 0; from < groups.length; from++) {
    for (let to = groups.length; to > from; to--) {
      const card = groups.slice(from, to).join('');
      if (!isPaymentCard(card)) continue;
      const at = index + groups.slice(0, from).join('').length;
      spans.push({ from: at, to: at + card.trimEnd().replace(/-$/, '').length });
      return;
    }
  }
}

/** Long, without spaces, and switching between letters and digits or cases as no name does. */
function isRandom(text: string): boolean {
  if (text.length < 20 || /\s/.test(text)) return false;
  let switches = 0;
  let before = '';
  for (const char of text) {
    const kind = /[0-9]/.test(char)
      ? '0'
      : /[A-Z]/.test(char)
        ? 'A'
        : /[a-z]/.test(char)
          ? 'a'
          : '';
    if (kind !== before && kind !== '' && before !== '') switches++;
    before = kind;
  }
  return switches > text.length / 5;
}
