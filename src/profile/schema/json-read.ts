import type { Json } from '../../support/json.ts';

/** Reading back what may come from a stranger; each throws RangeError. */

export type Fields = { readonly [key: string]: Json };

export function fields(json: Json | undefined): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new RangeError('not a schema');
  }
  return json as Fields;
}

export function list(json: Json | undefined, most: number): readonly Json[] {
  if (!Array.isArray(json) || json.length > most) throw new RangeError('not a schema');
  return json;
}

export function count(json: Json | undefined): number {
  if (!Number.isSafeInteger(json) || (json as number) < 0) throw new RangeError('not a schema');
  return json as number;
}

export function integer(json: Json | undefined): number {
  if (!Number.isSafeInteger(json)) throw new RangeError('not a schema');
  return json as number;
}

export function text(json: Json | undefined, longest: number): string {
  if (typeof json !== 'string' || json.length > longest) throw new RangeError('not a schema');
  return json;
}

export function pair(json: Json | undefined): readonly [Json, Json] {
  if (!Array.isArray(json) || json.length !== 2) throw new RangeError('not a schema');
  return json as unknown as readonly [Json, Json];
}
