import { looksSecret } from '../calls/redact.ts';
import { redactedName } from '../calls/redacted-name.ts';
import { charset } from './header-charset.ts';
import { cookieWords } from './header-cookies.ts';
import { scriptWords } from './header-policy.ts';
import { formatNames, formatsOf } from './schema/formats.ts';

const MAX_VALUE = 512;
const CSP = 'content-security-policy';
/** What policies say, and the attributes of cookies, stand behind long values. */
const MAX_LONG = 4096;
const LONG = new Set([CSP, 'set-cookie']);
const MAX_PARTS = 16;

/** Schemes of authorization by name (IANA's registry, and what clouds and APIs use); any other is not told. */
const SCHEMES = new Set(
  'apikey aws4-hmac-sha256 basic bearer digest dpop gnap hawk hoba key mutual negotiate ntlm oauth privatetoken scram-sha-1 scram-sha-256 token vapid'.split(
    ' ',
  ),
);
const scheme = (value: string) => {
  const name = /^[\w-]{1,20}(?=\s)/.exec(value)?.[0].toLowerCase() ?? '';
  return SCHEMES.has(name) ? name : '(other)';
};
const identifier = (value: string) => formatNames(formatsOf(value))[0] ?? 'text';
/** Ages by which nothing is kept at all. */
const NO_AGE = /^(?:s-maxage|max-age)="?0+"?$/;
/** Names in a list, without their arguments but no age: `max-age=60, public` is `max-age, public`. */
const names = (separator: RegExp) => (value: string) =>
  [
    ...new Set(
      value
        .toLowerCase()
        .split(separator)
        .map((part) => {
          const [name = ''] = part.split(/[=;]/, 1);
          return (NO_AGE.test(part.trim()) ? `${name}=0` : name).trim();
        }),
    ),
  ]
    .filter((part) => isToken(part.replace('=0', '')))
    .sort()
    .slice(0, MAX_PARTS)
    .join(', ');
/** A word of a protocol: letters, two digits at most, nothing that looks random. */
const isToken = (part: string) =>
  /^[a-z*][\w*+/.:-]{0,63}$/.test(part) && !/\d.*\d.*\d/.test(part) && !looksSecret(part);
const list = names(/,/);
const directives = names(/;\s*/);
const join = (words: readonly string[]) => words.filter((one) => one !== '').join(', ');
const word = (value: string) =>
  /^[\w*-]{1,40}$/.test(value) && !/\d{3}/.test(value) && !looksSecret(value)
    ? value.toLowerCase()
    : '(other)';

/** Caching, correlation, content and security headers; what of them a profile may hold. */
const FORMS: ReadonlyMap<string, (value: string) => string | undefined> = new Map([
  ['content-type', charset],
  ['authorization', scheme],
  ['proxy-authorization', scheme],
  ['www-authenticate', scheme],
  ['cache-control', list],
  ['pragma', list],
  ['vary', list],
  ['etag', (value) => (value.startsWith('W/') ? 'weak' : 'strong')],
  ['location', (value) => (/^[a-z][\w+.-]*:/i.test(value) ? 'absolute' : 'relative')],
  ['retry-after', (value) => (/^\d+$/.test(value) ? 'seconds' : 'date')],
  ['content-encoding', list],
  ['content-language', list],
  ['content-disposition', names(/;/)],
  ['accept', list],
  ['accept-ranges', word],
  ['allow', list],
  ['set-cookie', cookieWords],
  ['link', relations],
  [
    'access-control-allow-origin',
    (value) => (value === '*' ? '*' : value === 'null' ? 'null' : 'origin'),
  ],
  ['access-control-allow-credentials', word],
  ['access-control-allow-methods', list],
  ['access-control-allow-headers', list],
  ['access-control-expose-headers', list],
  ['strict-transport-security', names(/;/)],
  [CSP, (value) => join([directives(value.slice(0, MAX_VALUE)), ...scriptWords(value)])],
  ['x-content-type-options', word],
  ['x-frame-options', word],
  ['referrer-policy', word],
  ['x-request-id', identifier],
  ['x-correlation-id', identifier],
  ['request-id', identifier],
  ['idempotency-key', identifier],
]);

/**
 * The part of a header's value that may be kept, normalised: the scheme of an authorization, the
 * directives of a cache-control. Undefined where only the presence may.
 */
export function headerForm(name: string, value: string): string | undefined {
  const form = FORMS.get(name);
  return form && remembered(form, value.slice(0, LONG.has(name) ? MAX_LONG : MAX_VALUE));
}

/** Media type without parameters, lower case; empty when missing or malformed. */
export function mediaType(header: string | undefined): string {
  return header === undefined ? '' : remembered(typeOf, header.slice(0, MAX_VALUE));
}

const REMEMBERED = 256;
const memory = new Map<unknown, Map<string, unknown>>();

/** Most headers have few values: the answer of a pure function, kept for the first ones. */
function remembered<T>(form: (value: string) => T, value: string): T {
  let known = memory.get(form);
  if (!known) {
    known = new Map();
    memory.set(form, known);
  }
  if (known.has(value)) return known.get(value) as T;
  const answer = form(value);
  if (known.size < REMEMBERED) known.set(value, answer);
  return answer;
}

function typeOf(header: string): string {
  const type =
    /^\s*([\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100})\s*(?:;|,|$)/.exec(header)?.[1]?.toLowerCase() ??
    '';
  return redactedName(type);
}

/** `<…?page=2>; rel="next", <…>; rel="last"` is `last, next`. RFC 8288. */
function relations(value: string): string {
  const found = value.toLowerCase().matchAll(/;\s*rel="?([a-z][a-z -]{0,63})/g);
  return [...new Set([...found].flatMap(([, words = '']) => words.split(' ')))]
    .filter(isToken)
    .sort()
    .slice(0, MAX_PARTS)
    .join(', ');
}
