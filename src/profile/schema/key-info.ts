import { redactedName } from '../../calls/redacted-name.ts';
import { isSecretName } from '../../calls/secret-words.ts';
import { classify } from '../../calls/segment-class.ts';
import { hash32 } from '../../support/hash.ts';
import { DISCRIMINATORS, MAX_KEY } from './limits.ts';

const ranks = new Map(DISCRIMINATORS.map((name, rank) => [name, rank]));
const cache = new Map<string, KeyInfo>();
const CACHED = 8192;

/** What a property's name says, worked out when asked and once per name. */
export class KeyInfo {
  readonly #key: string;
  #enumerable: boolean | undefined;
  #hash: number | undefined;
  /** The pattern that a name which is data collapses to (`{uuid}`); undefined for a field's name. */
  readonly pattern: string | undefined;
  /** Place among the fields that tell variants apart; infinite for the others. */
  readonly rank: number;

  constructor(key: string) {
    this.#key = key;
    this.pattern = keyPattern(key);
    this.rank = ranks.get(key) ?? Number.POSITIVE_INFINITY;
  }

  /** Whether the values may be an enumeration: not secret, personal or free text by the name. */
  get enumerable(): boolean {
    this.#enumerable ??= isEnumerable(this.#key);
    return this.#enumerable;
  }

  /** 44 bits, so that sums of 256 stay exact: they tell sets of fields apart. */
  get hash(): number {
    this.#hash ??= hash32(this.#key) * 0x1000 + (hash32(this.#key, 1) & 0xfff);
    return this.#hash;
  }
}

/** A pure function of the name; the cache only saves time. */
export function keyInfo(key: string): KeyInfo {
  let info = cache.get(key);
  if (!info) {
    if (cache.size >= CACHED) cache.clear();
    info = new KeyInfo(key);
    if (key.length <= MAX_KEY) cache.set(key, info);
  }
  return info;
}

const NAME = /^[A-Za-z_$@][A-Za-z_$.:-]*\d{0,3}[A-Za-z_$.:-]*$/;
const LONGEST_NAME = 24;
/** Classes of values that no field is named by. */
const DATA = new Set([
  '{uuid}',
  '{int}',
  '{number}',
  '{date}',
  '{datetime}',
  '{time}',
  '{ip}',
  '{email}',
  '{jwt}',
  '{ulid}',
]);

function keyPattern(key: string): string | undefined {
  if (key.length > MAX_KEY) return '{text}';
  if (key.length <= LONGEST_NAME && NAME.test(key) && !holdsSecret(key)) return undefined;
  const known = classify(key);
  if (DATA.has(known)) return known;
  const digits = key.replace(/\D/g, '').length;
  if (known.includes('{') && (digits >= 4 || key.length >= 20)) return '{id}';
  if (digits >= 6 || key.includes('@') || holdsSecret(key)) return '{id}';
  return undefined;
}

function holdsSecret(key: string): boolean {
  return redactedName(key) !== key;
}

/** Last words of names whose values are personal, free or ids. */
const FREE_WORDS = new Set(
  'name names title description comment comments message messages note notes text body content subject summary email mail phone mobile fax address addresses street city town village district region zip postcode postal address1 address2 line1 line2 first last middle given family surname nickname username user login owner author holder recipient birth birthday dob gender query search q url uri href link path file filename host hostname ip id ids uuid guid key keys hash checksum digest etag cursor trace span correlation slug sku detail details value values answer company organization employer street1 street2 customer client person contact patient employee guest member passenger doctor author'.split(
    ' ',
  ),
);

/** By the last word of the name: a `user_type` may be an enumeration, a `type_name` may not. */
function isEnumerable(key: string): boolean {
  if (key.length > MAX_KEY || isSecretName(key)) return false;
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return !FREE_WORDS.has(words.at(-1) ?? '');
}
