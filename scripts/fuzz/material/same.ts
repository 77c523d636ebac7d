import { isDeepStrictEqual } from 'node:util';
import { Broken } from '../engine/failure.ts';

/** Throws Broken unless both are the same, told as JSON. */
export function same(what: string, one: unknown, other: unknown): void {
  if (isDeepStrictEqual(one, other)) return;
  throw new Broken(what, `${told(one)}\n${told(other)}`);
}

function told(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 2_000);
}
