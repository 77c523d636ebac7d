/** How texts of one format look. */
export interface Format {
  readonly name: string;
  /** A weak one may match by accident, or says little to a reader. */
  readonly weak?: boolean;
  /**
   * Cheap tests first: characters at least and at most, kinds that every text of the format has, and the
   * only ones that any has, each as one character of it (`0` digits, `a` hexadecimal letters, `g` others).
   */
  readonly length: readonly [number, number];
  readonly has?: string;
  readonly only?: string;
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

/** What programs write by mistake: no value by its name, text that was escaped twice or decoded wrongly. */
const MISTAKEN =
  /^(?:null|nil|None|<nil>|Invalid Date)$|(?<![\w-])(?:undefined|NaN|\[object [A-Z]\w*\])(?![\w-])|&(?:amp|lt|gt|quot|apos|#\d{2,5}|#x[\da-f]{2,4});|Ã[\x80-\xbf]|â€|\ufffd/;

/**
 * String formats, each bit of a mask in this order. Sources: RFC 3339, RFC 9110 (HTTP dates), RFC
 * 9562 (UUID), RFC 5321 (a usual subset), RFC 3986, RFC 4648, RFC 7519, RFC 5646, ISO 4217, ISO
 * 8601 (durations), semver.org, and the ids of MongoDB and ULID. Append only: masks are stored.
 * No pattern can be made to backtrack for long.
 */
export const FORMATS: readonly Format[] = [
  {
    name: 'uuid',
    length: [36, 36],
    has: '-',
    only: '0a-',
    test: matches(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i),
  },
  {
    name: 'date-time',
    length: [20, 35],
    only: '0g-:.+',
    test: matches(new RegExp(`^${DATE}[Tt]${TIME}(?:[Zz]|${ZONE})$`)),
  },
  {
    name: 'date-time-utc',
    length: [20, 30],
    only: '0g-:.',
    weak: true,
    test: matches(new RegExp(`^${DATE}[Tt]${TIME}[Zz]$`)),
  },
  {
    name: 'date-time-offset',
    length: [25, 35],
    only: '0g-:.+',
    weak: true,
    test: matches(new RegExp(`^${DATE}[Tt]${TIME}${ZONE}$`)),
  },
  {
    name: 'local-date-time',
    length: [19, 29],
    only: '0g-:.',
    test: matches(new RegExp(`^${DATE}[Tt]${TIME}$`)),
  },
  {
    name: 'spaced-date-time',
    length: [19, 36],
    only: '0ag-:.+ ',
    test: matches(new RegExp(`^${DATE} ${TIME}(?: ?(?:Z|UTC|${ZONE}))?$`)),
  },
  {
    name: 'http-date',
    length: [25, 31],
    has: '0g,: ',
    only: '0ag,: +-',
    test: matches(
      /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:GMT|[+-]\d{4})$/,
    ),
  },
  { name: 'date', length: [10, 10], only: '0-', test: matches(new RegExp(`^${DATE}$`)) },
  {
    name: 'slashed-date',
    length: [8, 10],
    only: '0/',
    test: matches(/^(?:\d{4}\/\d{1,2}\/\d{1,2}|\d{1,2}\/\d{1,2}\/\d{4})$/),
  },
  {
    name: 'time',
    length: [8, 24],
    only: '0g:.+-',
    test: matches(new RegExp(`^${TIME}(?:[Zz]|${ZONE})?$`)),
  },
  {
    name: 'duration',
    length: [2, 64],
    only: '0ag.',
    test: matches(/^P(?=[\dT])(?:\d{1,9}[YMWD]){0,4}(?:T(?:\d{1,9}(?:\.\d{1,9})?[HMS]){1,3})?$/),
  },
  {
    name: 'email',
    length: [6, 256],
    has: '@.',
    test: matches(/^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,6}$/i),
  },
  {
    name: 'uri',
    length: [6, 256],
    has: ':/',
    test: matches(/^[a-z][a-z\d+.-]{1,20}:\/\/[^\s<>"\\^`{|}]+$/i),
  },
  {
    name: 'hostname',
    length: [4, 253],
    has: '.',
    only: '0ag.-',
    weak: true,
    test: matches(/^(?=.{4,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,8}[a-z]{2,24}$/i),
  },
  {
    name: 'ipv4',
    length: [7, 15],
    only: '0.',
    test: matches(/^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/),
  },
  {
    name: 'ipv6',
    length: [2, 39],
    has: ':',
    only: '0a:',
    test: isIpv6,
  },
  {
    name: 'jwt',
    length: [20, 256],
    has: 'g.',
    only: '0ag-_.',
    test: matches(/^eyJ[\w-]{6,}\.[\w-]{2,}\.[\w-]*$/),
  },
  {
    name: 'ulid',
    length: [26, 26],
    only: '0ag',
    test: matches(/^[0-7](?=.*\d)[\dA-HJKMNP-TV-Z]{25}$/),
  },
  { name: 'object-id', length: [24, 24], only: '0a', test: matches(/^(?=.*\d)[\da-f]{24}$/) },
  { name: 'integer-string', length: [1, 20], only: '0-', test: matches(/^-?\d{1,19}$/) },
  {
    name: 'decimal-string',
    length: [1, 38],
    only: '0.-',
    weak: true,
    test: matches(/^-?\d{1,18}(?:\.\d{1,18})?$/),
  },
  { name: 'boolean-string', length: [4, 5], only: 'ag', test: matches(/^(?:true|false)$/) },
  {
    name: 'hex',
    length: [16, 256],
    has: '0a',
    only: '0a',
    weak: true,
    test: matches(/^(?=.*\d)(?=.*[a-f])(?:[\da-f]{2}){8,}$/i),
  },
  { name: 'base64', length: [16, 256], only: '0ag+/_=-', weak: true, test: isBase64 },
  {
    name: 'locale',
    length: [5, 12],
    only: 'ag_-',
    weak: true,
    test: matches(/^[a-z]{2,3}[-_](?:[A-Z][a-z]{3}[-_])?[A-Z]{2}$/),
  },
  {
    name: 'currency',
    length: [3, 3],
    weak: true,
    test: (text) => CURRENCIES.has(text.toUpperCase()),
  },
  {
    name: 'semver',
    length: [5, 64],
    has: '0.',
    only: '0ag.+_-',
    weak: true,
    test: matches(
      /^v?(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})(?:[-+][\w.+-]{1,40})?$/,
    ),
  },
  {
    name: 'phone',
    length: [8, 16],
    has: '0+',
    only: '0+',
    weak: true,
    test: matches(/^\+[1-9]\d{6,14}$/),
  },
  {
    name: 'date-time-basic-offset',
    length: [24, 34],
    only: '0g-:.+',
    test: matches(new RegExp(`^${DATE}[Tt]${TIME}[+-](?:[01]\\d|2[0-3])[0-5]\\d$`)),
  },
  {
    name: 'json',
    length: [2, 256],
    has: '[',
    weak: true,
    test: (text) => /^[[{]/.test(text) && /[\]}]$/.test(text) && isJson(text),
  },
  // The last bit of a mask.
  { name: 'mistaken', length: [3, 256], weak: true, test: matches(MISTAKEN) },
];

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? groups.length <= 7 : groups.length === 8;
}

function isBase64(text: string): boolean {
  if (!/^[A-Za-z\d+/_-]+={0,2}$/.test(text)) return false;
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
