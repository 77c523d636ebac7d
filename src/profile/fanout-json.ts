import type { Json } from '../support/json.ts';

export type { Json } from '../support/json.ts';

/** A count; throws RangeError on anything else. */
export function wholeNumber(json: Json | undefined): number {
  if (typeof json !== 'number' || !Number.isSafeInteger(json) || json < 0) {
    throw new RangeError('not a count');
  }
  return json;
}

/** Texts; throws RangeError on anything else. */
export function texts(json: Json | undefined): string[] {
  if (!Array.isArray(json)) throw new RangeError('not a list of texts');
  return json.map((text) => {
    if (typeof text !== 'string') throw new RangeError('not a text');
    return text;
  });
}
