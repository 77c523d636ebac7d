import { looksSecret } from '../calls/redact.ts';
import { redactedName } from '../calls/redacted-name.ts';
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
  const word = /^[\w-]{1,20}(?=\s)/.exec(value)?.[0].toLowerCase() ?? '';
  return SCHEMES.has(word) ? word : '(other)';
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
          const name = part.split(/[=;]/, 1)[0]?.trim();
          return NO_AGE.test(part.trim()) ? `${name}=0` : name;
        }),
    ),
  ]
    .filter((part) => part !== undefined && isToken(part.replace(/=0$/, '')))
    .sort()
    .slice(0, MAX_PARTS)
    .join(', ');
/** A word of a protocol: letters, two digits at most, nothing that looks random. */
const isToken = (part: string) =>
  /^[a-z*][\w*+/.:-]{0,63}$/.test(part) && !/\d.*\d.*\d/.test(part) && !looksSecret(part);
const list = names(/,/);
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
  ['content-disposition', (value) => names(/;/)(value)],
  ['accept', list],
  ['accept-ranges', word],
  ['allow', list],
  ['set-cookie', cookies],
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
  [CSP, securityPolicy],
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
  return [...new Set([...found].flatMap(([, words = '']) => words.trim().split(/ +/)))]
    .filter(isToken)
    .sort()
    .slice(0, MAX_PARTS)
    .join(', ');
}

/** What begins another of the cookies that are joined: a date has no name behind its comma. */
const NEXT_COOKIE = /,\s*(?=[^;,=\s]+=)/;
/** What sessions are called, whatever stands around it. */
const SESSION = /sess(?:ion)?[._-]?(?:id)?|(?<![a-z])sid(?![a-z])|token|jwt|auth/;

/** Attributes of all cookies, whether one is for all paths, and which of the usual names of sessions they have. */
function cookies(value: string): string {
  const lower = value.toLowerCase();
  const found = lower.match(
    /;\s*(?:httponly|secure|partitioned|path=\/(?=\s*(?:[;,]|$))|samesite=(?:lax|strict|none)|max-age=(?:-\d+|0+)(?!\d)|expires=\w+, 01.jan.1970)/g,
  );
  const attributes = (found ?? [])
    .map((part) => part.slice(1).trim())
    .map((part) => (/^(?:max-age|expires)=/.test(part) ? 'deleted' : part));
  const sessions = lower.split(NEXT_COOKIE).flatMap((cookie) => {
    const [name] = SESSION.exec(cookie.split('=', 1)[0] ?? '') ?? [];
    return name ? `name=${name.replace(/[._-]/, '')}` : [];
  });
  return [...new Set([...attributes, ...sessions])].sort().join(', ');
}

const DIRECTIVES = names(/;\s*/);
const ANY_SCRIPT = /^(?:'unsafe-inline'|'unsafe-eval'|\*|data:)$/;
const BY_HASH = /^'(?:nonce|sha\d+)-/;

/** Its directives, and from where its scripts may come as far as that is nearly anywhere. CSP level 3. */
function securityPolicy(value: string): string {
  const policies = value
    .toLowerCase()
    .split(',')
    .map(scriptSources)
    .filter((sources) => sources !== undefined);
  // All policies are kept.
  const [first, ...others] = policies;
  const anywhere = first?.filter((source) => others.every((other) => other.includes(source))) ?? [];
  const words = [first && 'script-src', ...anywhere.map((source) => `script-src ${source}`)];
  return [DIRECTIVES(value.slice(0, MAX_VALUE)), ...words].filter((word) => word).join(', ');
}

/** What a policy says of scripts; undefined where it says nothing of them. */
function scriptSources(policy: string): string[] | undefined {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/));
  const said = (name: string) => directives.find(([one]) => one === name);
  const sources = (said('script-src') ?? said('default-src'))?.slice(1);
  if (!sources) return undefined;
  // Browsers keep to these, and to no list of hosts beside the last.
  const ignored = [
    ...(sources.some((source) => BY_HASH.test(source)) ? ["'unsafe-inline'"] : []),
    ...(sources.includes("'strict-dynamic'") ? ["'unsafe-inline'", '*', 'data:'] : []),
  ];
  return [...new Set(sources)]
    .filter((source) => ANY_SCRIPT.test(source) && !ignored.includes(source))
    .sort();
}

/** Types of text that are read by the character set that the header names. */
const BY_CHARSET = /^\s*(?:text\/(?:html|plain|xml)|application\/(?:[\w.-]+\+)?xml)\s*(?:[;,]|$)/;
const CHARSET =
  /;\s*charset="?(utf-?(?:8|16|32)(?:[bl]e)?|us-ascii|iso-8859-\d\d?|windows-12\d\d|shift_jis|euc-(?:jp|kr|tw)|gb(?:k|2312|18030)|big5|koi8-[ru])"?\s*(?:[;,]|$)/;

/** The character set of a text; nothing of other bodies, which say it themselves. */
function charset(value: string): string | undefined {
  const lower = value.toLowerCase();
  if (!BY_CHARSET.test(lower)) return undefined;
  const named = CHARSET.exec(lower)?.[1]?.replace(/^utf(?=\d)/, 'utf-');
  return `charset=${named ?? (lower.includes('charset=') ? '(other)' : '(none)')}`;
}
