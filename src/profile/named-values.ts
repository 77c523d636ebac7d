import { hash32 } from '../support/hash.ts';
import { isRecord } from '../support/json.ts';
import { keyInfo } from './schema/key-info.ts';

/** Values that a message gives names to: each name, and after it a hash of its value. */
export type NamedValues = readonly (string | number)[];

export const NO_VALUES: NamedValues = [];

type Members = Readonly<Record<string, unknown>>;
type List = readonly [name: string, items: readonly unknown[]];

const MOST = 24;
const MAX_DEPTH = 3;
const MAX_ITEMS = 8;
const MAX_NAME = 64;
const MAX_TEXT = 128;
const MAX_LISTS = 256;
const PLACES = new Map<string, readonly string[]>();
/** Shorter text is many things' by chance. */
const TELLING = 4;
/** In the place of the value of a name that stands in several places. */
const SEVERAL = -1;

/**
 * Text and numbers by the name of their member, of the first ones; of lists how long they are, and what
 * their first items say by each name. A number is the same as its text: queries know nothing else.
 */
export function namedValues(...objects: readonly unknown[]): NamedValues {
  const found: (string | number)[] = [];
  const lists: List[] = [];
  for (const one of objects) if (isRecord(one)) collect(one, 0, found, lists);
  for (const list of lists) collectItems(list, found);
  const unique = found.filter((_, i) => found[i | 1] !== SEVERAL);
  // What grew item by item holds room for more; a copy does not, and calls are held by the thousand.
  return unique.length === 0 ? NO_VALUES : unique.slice();
}

/** The hash of what has this name; undefined where nothing has. */
export function hashNamed(values: NamedValues, name: string): number | undefined {
  const at = placeOf(values, name);
  return at < 0 ? undefined : (values[at + 1] as number);
}

/** Whether something of any name has this hash. */
export function hasValue(values: NamedValues, hash: number): boolean {
  for (let i = 1; i < values.length; i += 2) if (values[i] === hash) return true;
  return false;
}

/** Whether a value is long enough to be no other's by chance, by its hash. */
export function isTelling(hash: number): boolean {
  return (hash & 1) === 1;
}

function collect(members: Members, depth: number, found: (string | number)[], lists: List[]): void {
  for (const name of namesOf(members)) {
    const value = members[name];
    if (Array.isArray(value)) lists.push([name, value]);
    else if (isRecord(value)) {
      if (depth < MAX_DEPTH) collect(value, depth + 1, found, lists);
    } else {
      const hash = hashOf(value);
      if (hash !== undefined) add(found, name, hash);
    }
  }
}

/** Members of the items that are named as something outside of the list are not looked at. */
function collectItems([name, items]: List, found: (string | number)[]): void {
  const outside = found.length;
  if (placeOf(found, name) < 0) add(found, name, items.length << 1);
  for (let i = 0; i < items.length && i < MAX_ITEMS; i++) {
    const item = items[i];
    if (!isRecord(item)) {
      const hash = hashOf(item);
      if (hash !== undefined) add(found, placeIn(name, i), hash);
      continue;
    }
    for (const member of namesOf(item)) {
      const hash = hashOf(item[member]);
      const at = placeOf(found, member);
      if (hash === undefined || (at >= 0 && at < outside)) continue;
      if (at < 0) add(found, member, hash);
      else found[at + 1] = ((Math.imul(found[at + 1] as number, 31) + hash) >>> 2) | 1;
    }
  }
}

/** Without those that are data, as the keys of a map. */
function namesOf(members: Members): string[] {
  return Object.keys(members).filter(
    (name) => name.length <= MAX_NAME && keyInfo(name).pattern === undefined,
  );
}

/** `params[1]`, the same text each time. */
function placeIn(list: string, i: number): string {
  let places = PLACES.get(list);
  if (!places) {
    if (PLACES.size >= MAX_LISTS) PLACES.clear();
    places = Array.from({ length: MAX_ITEMS }, (_, k) => `${list}[${k}]`);
    PLACES.set(list, places);
  }
  return places[i] as string;
}

function add(found: (string | number)[], name: string, hash: number): void {
  if (found.length >= 2 * MOST) return;
  const at = placeOf(found, name);
  if (at < 0) found.push(name, hash);
  else found[at + 1] = SEVERAL;
}

function placeOf(values: NamedValues, name: string): number {
  for (let i = 0; i < values.length; i += 2) if (values[i] === name) return i;
  return -1;
}

/** A small integer, of which lists hold many in little room; never SEVERAL. Yes, no and nothing have none. */
function hashOf(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text === '') return undefined;
  const hash = hash32(text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text) >>> 2;
  return text.length < TELLING ? hash & ~1 : hash | 1;
}
