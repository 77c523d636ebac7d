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

/**
 * Named fields that an object may have before its names count as data (a map). Narrower with depth,
 * so that nested maps can't multiply.
 */
export function maxKeys(depth: number): number {
  if (depth <= 4) return 256;
  return depth <= 8 ? 64 : 16;
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
