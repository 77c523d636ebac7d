/** Levels of a value that are looked at; what lies deeper is counted, its inside is `capped`. */
export const MAX_DEPTH = 32;
/** Distinct strings that an enumeration may have before it counts as open. */
export const MAX_ENUM_VALUES = 24;
/** Different sets of fields that are told apart in one object, for evidence. */
export const MAX_SHAPES = 16;
/** Values of a discriminating field whose variants are told apart. */
export const MAX_VARIANTS = 12;
/** Longest string that is examined for a format or an enumeration. */
export const MAX_EXAMINED = 256;
/** Longest property name that is kept as it is. */
export const MAX_KEY = 128;

/** Named fields that an object may have before its names count as data (a map), at most. */
export const MAX_KEYS = 256;
/** Fewer, where there is little room; never fewer than this. */
const MIN_KEYS = 8;
/**
 * Objects and arrays that the schema of one message may hold, about: each shares its room out among
 * the objects and arrays inside it.
 */
export const ROOM = 50_000;
/** A map may hold so many; also more than an object can without being one. */
const MAP_SPREAD = MAX_KEYS + 32;

/** Named fields that an object may have with so much room. */
export function maxKeys(room: number): number {
  return Math.min(MAX_KEYS, Math.max(MIN_KEYS, Math.floor(room)));
}

/**
 * Room of each object or array inside an object that holds so many of them. It only shrinks as more is
 * seen, which is why any order of calls ends with the same schema.
 */
export function roomBelow(room: number, containers: number, mapped: boolean): number {
  return room / (mapped ? MAP_SPREAD : Math.max(1, containers));
}

/** Whether the inside of an object or array is not looked at. */
export function isCapped(depth: number, room: number): boolean {
  return depth >= MAX_DEPTH || room < 1;
}

/** Fields that tell the variants of a union apart, most telling first. */
export const DISCRIMINATORS: readonly string[] = [
  '__typename',
  '@type',
  '_type',
  'type',
  'kind',
  'object',
  'event',
  'event_type',
  'eventType',
  'action',
  'op',
  'status',
  'state',
];
