import { MAX_EXAMINED } from './limits.ts';

interface Format {
  readonly name: string;
  /** A weak one may match by accident, or says little to a reader. */
  readonly weak?: boolean;
  readonly test: (text: string) => boolean;
}

const matches = (pattern: RegExp) => (text: string) => pattern.test(text);
const DATE = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?';
const ZONE = '[+-](?:[01]\\d|2[0-3]):[0-5]\\d';
const CURRENCIES = new Set(
  'AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW KWD MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY TWD UAH USD UYU VND ZAR'.split(
    ' ',
  ),
);

/**
 * String formats, each bit of a mask in this order. Sources: RFC 3339, RFC 9110 (HTTP dates), RFC
 * 9562 (UUID), RFC 5321 (a usual subset), RFC 3986, RFC 4648, RFC 7519, RFC 5646, ISO 4217, ISO
 * 8601 (durations), semver.org, and the ids of MongoDB and ULID. Append only: masks are stored.
 * No pattern can be made to backtrack for long.
 */
const FORMATS: readonly Format[] = [
  { name: 'uuid', test: matches(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i) },
  { name: 'date-time', test: matches(new RegExp(`^${DATE}[Tt]${TIME}(?:[Zz]|${ZONE})$`)) },
  { name: 'date-time-utc', weak: true, test: matches(new RegExp(`^${DATE}[Tt]${TIME}[Zz]$`)) },
  {
    name: 'date-time-offset',
    weak: true,
    test: matches(new RegExp(`^${DATE}[Tt]${TIME}${ZONE}$`)),
  },
  { name: 'local-date-time', test: matches(new RegExp(`^${DATE}[Tt]${TIME}$`)) },
  {
    name: 'spaced-date-time',
    test: matches(new RegExp(`^${DATE} ${TIME}(?: ?(?:Z|UTC|${ZONE}))?$`)),
  },
  {
    name: 'http-date',
    test: matches(
      /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:GMT|[+-]\d{4})$/,
    ),
  },
  { name: 'date', test: matches(new RegExp(`^${DATE}$`)) },
  { name: 'slashed-date', test: matches(/^(?:\d{4}\/\d{1,2}\/\d{1,2}|\d{1,2}\/\d{1,2}\/\d{4})$/) },
  { name: 'time', test: matches(new RegExp(`^${TIME}(?:[Zz]|${ZONE})?$`)) },
  {
    name: 'duration',
    test: matches(/^P(?=[\dT])(?:\d{1,9}[YMWD]){0,4}(?:T(?:\d{1,9}(?:\.\d{1,9})?[HMS]){1,3})?$/),
  },
  {
    name: 'email',
    test: matches(/^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,6}$/i),
  },
  { name: 'uri', test: matches(/^[a-z][a-z\d+.-]{1,20}:\/\/[^\s<>"\\^`{|}]+$/i) },
  {
    name: 'hostname',
    weak: true,
    test: matches(/^(?=.{4,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,8}[a-z]{2,24}$/i),
  },
  { name: 'ipv4', test: matches(/^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/) },
  {
    name: 'ipv6',
    test: (text) => text.includes(':') && /^[\da-f:]{2,39}$/i.test(text) && isIpv6(text),
  },
  { name: 'jwt', test: matches(/^eyJ[\w-]{6,}\.[\w-]{2,}\.[\w-]*$/) },
  { name: 'ulid', test: matches(/^[0-7](?=.*\d)[\dA-HJKMNP-TV-Z]{25}$/) },
  { name: 'object-id', test: matches(/^(?=.*\d)[\da-f]{24}$/) },
  { name: 'integer-string', test: matches(/^-?\d{1,19}$/) },
  { name: 'decimal-string', weak: true, test: matches(/^-?\d{1,18}(?:\.\d{1,18})?$/) },
  { name: 'boolean-string', test: matches(/^(?:true|false)$/) },
  { name: 'hex', weak: true, test: matches(/^(?=.*\d)(?=.*[a-f])(?:[\da-f]{2}){8,}$/i) },
  { name: 'base64', weak: true, test: isBase64 },
  { name: 'locale', weak: true, test: matches(/^[a-z]{2,3}[-_](?:[A-Z][a-z]{3}[-_])?[A-Z]{2}$/) },
  {
    name: 'currency',
    weak: true,
    test: (text) => text.length === 3 && CURRENCIES.has(text.toUpperCase()),
  },
  {
    name: 'semver',
    weak: true,
    test: matches(/^v?\d{1,6}\.\d{1,6}\.\d{1,6}(?:[-+][\w.+-]{1,40})?$/),
  },
  { name: 'phone', weak: true, test: matches(/^\+[1-9]\d{6,14}$/) },
  {
    name: 'date-time-basic-offset',
    test: matches(new RegExp(`^${DATE}[Tt]${TIME}[+-](?:[01]\\d|2[0-3])[0-5]\\d$`)),
  },
  {
    name: 'json',
    weak: true,
    test: (text) => /^[[{]/.test(text) && /[\]}]$/.test(text) && isJson(text),
  },
];

/** Every format still possible. */
export const ALL_FORMATS = 2 ** FORMATS.length - 1;

/** Which of the formats in `among` the text has, as a mask. Longer text than is examined has none. */
export function formatsOf(text: string, among: number = ALL_FORMATS): number {
  if (text.length > MAX_EXAMINED || text.length === 0) return 0;
  let mask = 0;
  for (let bit = 0, left = among; left !== 0; bit++, left >>>= 1) {
    if ((left & 1) === 1 && (FORMATS[bit] as Format).test(text)) mask |= 1 << bit;
  }
  return mask;
}

/** Names of the formats in a mask. */
export function formatNames(mask: number): string[] {
  return FORMATS.filter((_, bit) => (mask & (1 << bit)) !== 0).map((format) => format.name);
}

/** The formats of a mask that a reader relies on. */
export const STRONG_FORMATS = FORMATS.reduce(
  (mask, format, bit) => (format.weak ? mask : mask | (1 << bit)),
  0,
);

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? groups.length <= 7 : groups.length === 8;
}

function isBase64(text: string): boolean {
  if (text.length < 16 || !/^[A-Za-z\d+/_-]+={0,2}$/.test(text)) return false;
  if (text.endsWith('=') && text.length % 4 !== 0) return false;
  return /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
