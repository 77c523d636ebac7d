import { isPaymentCard } from './payment-card.ts';
import { replaceCredentials } from './secret-formats.ts';

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

const SCHEME =
  /\b(Bearer|Basic|Digest|Negotiate|ApiKey|Token)[ \t]+(?!\[redacted\])[\w.~+/=:-]{6,}/gi;
/** In a name, where `basic publish` is no credential. */
const NAMED_SCHEME =
  /\b(Bearer|Basic|Digest|Negotiate|ApiKey|Token)[ \t]+(?=\S{0,256}\d)[\w.~+/=:-]{12,}/gi;
const USER_INFO = /:\/\/[^\s/?#@"'<>]{1,256}@/g;
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
/** A header line whose value is secret to its end. */
const HEADER_LINE =
  /\b((?:set-)?cookie|(?:proxy-)?authorization)([ \t]{0,8}:[ \t]{0,8})[^\s"'][^\r\n"]{0,8192}/gi;
/** The name of `"name": "value"`, `name=value`, `name: value`, also with escaped quotes; it decides. */
const PAIR_NAME = /\\?["']?([A-Za-z_][\w.-]{0,63})\\?["']?[ \t]{0,8}[:=][ \t]{0,8}/g;
const PAIR_VALUE =
  /\\"[^"\\]{0,4096}(?:\\")?|"(?:[^"\\]|\\.){0,4096}"?|'[^']{0,4096}'?|[^\s"',;&}\])<>]{1,4096}/y;
/** Values that are no secret, or none any more. */
const HARMLESS = /^(?:null|true|false|\[redacted)$/;

/** Words that make a name secret, alone or as a neighbouring pair. */
const SECRET_WORDS = new Set(
  (
    'password passwd passphrase passcode pwd secret secrets token tokens jwt bearer authorization ' +
    'auth authentication cookie cookies credential credentials csrf xsrf otp totp cvv cvc cvv2 pan ssn iban ' +
    'signature sig session sessionid sid apikey accesskey secretkey privatekey signingkey ' +
    'encryptionkey accountkey sharedaccesskey masterkey connectionstring clientsecret cardnumber accountnumber routingnumber pin pincode nonce salt hmac'
  ).split(' '),
);

/**
 * Whether a field, parameter or header of this name holds a secret: by its words, whatever their
 * case and joints (`X-Api-Key`, `cardNumber`, `user_password`).
 */
export function isSecretName(name: string): boolean {
  const words = name
    .slice(0, 256)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some(
    (word, i) => SECRET_WORDS.has(word) || SECRET_WORDS.has(word + (words[i + 1] ?? '')),
  );
}

/**
 * Whether a value by itself looks like a secret or like personal data: a known token format, a card
 * number, an e-mail address, or text too random to be a word. Such a value never enters a profile.
 */
export function looksSecret(value: string): boolean {
  const text = value.slice(0, 4096);
  return redactFormats(text) !== text || isRandom(text);
}

/** Text as evidence may show it: secrets and personal data replaced by `[redacted]`. Linear in time. */
export function redactText(text: string): string {
  return settled(text, (one) => redactFormats(redactPairs(one.slice(0, MAX_TEXT))));
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

function redactPairs(given: string): string {
  const text = given.replace(HEADER_LINE, `$1$2${GONE}`);
  let out = '';
  let from = 0;
  // What is no secret's value may be a text that holds pairs itself.
  for (const { index, 0: pair, 1: name = '' } of text.matchAll(PAIR_NAME)) {
    if (index < from || !isSecretName(name)) continue;
    const at = index + pair.length;
    PAIR_VALUE.lastIndex = at;
    const value = PAIR_VALUE.exec(text)?.[0];
    if (value === undefined || HARMLESS.test(value)) continue;
    const quote = /^\\?["']/.exec(value)?.[0] ?? '';
    out += `${text.slice(from, at)}${quote}${GONE}${quote}`;
    from = at + value.length;
  }
  return out + text.slice(from);
}

/** The credentials that a slash belongs to. */
export function redactAddress(text: string): string {
  return replaceCredentials(text.replace(USER_INFO, `://${GONE}@`), GONE);
}

/** A name without the secrets in it; long hexadecimal text may stay, since containers are named so. */
export function redactName(name: string): string {
  return settled(name, (one) => {
    const out = redactPairs(one).replace(NAMED_SCHEME, `$1 ${GONE}`);
    return redactOnce(out.replace(USER_INFO, `://${GONE}@`));
  });
}

/** A name of which `token = ?` may be a part. */
export function redactStatement(text: string): string {
  return settled(text, redactOnce);
}

function redactOnce(text: string): string {
  return redactPersonal(replaceCredentials(text, GONE));
}

function redactFormats(text: string): string {
  let out = text.replace(SCHEME, `$1 ${GONE}`).replace(USER_INFO, `://${GONE}@`);
  out = replaceCredentials(out, GONE);
  for (const token of LOOSE_TOKENS) out = out.replace(token, GONE);
  return redactPersonal(out)
    .replace(LONG_HEX, GONE)
    .replace(LONG_BASE64, (word) => (isRandom(word) ? GONE : word));
}

function redactPersonal(text: string): string {
  return text
    .replace(EMAIL, GONE)
    .replace(CARD, withoutCard)
    .replace(SSN, GONE)
    .replace(PHONE, GONE);
}

/** Digits in groups without those that make a card number: a suffix may stand beside it. */
function withoutCard(digits: string): string {
  if (isPaymentCard(digits)) return GONE;
  const groups = digits.split(/(?<=[ -])/);
  if (groups.length > MAX_GROUPS) return digits;
  for (let from = 0; from < groups.length; from++) {
    for (let to = groups.length; to > from; to--) {
      if (!isPaymentCard(groups.slice(from, to).join(''))) continue;
      const joint = /[ -]$/.exec(groups[to - 1] as string)?.[0] ?? '';
      return [...groups.slice(0, from), GONE, joint, ...groups.slice(to)].join('');
    }
  }
  return digits;
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
