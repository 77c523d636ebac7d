import type { Call } from '../calls/call.ts';
import type { Family, Target } from '../calls/target.ts';
import { once } from '../support/once.ts';
import type { Said } from './said.ts';

/** A call that a handled call caused, as far as is known. */
export interface ChildCall {
  readonly call: Call;
  readonly target: Target;
  /** Probability (0…1) that the link is right. */
  readonly confidence: number;
  readonly said: Said;
}

/** A part of a call that may have been caused by a handled call, and may not. */
export interface PossibleChild {
  readonly target: Target;
  /** 0…1; over all handled calls that may have caused a call, at most 1. */
  readonly share: number;
}

/** One line of text that names a target exactly; `readChildKey` reads it back. */
export const childKey = once(({ segments, ...family }: Target) => keyOf(family, segments));

/** The same of a family. */
export const childFamilyKey = once((family: Family) => keyOf(family, []));

function keyOf(family: Family, segments: readonly string[]): string {
  const { workload, protocol, method, separator, mutation } = family;
  return JSON.stringify([workload, protocol, method, separator, mutation, ...segments]);
}

/** Throws RangeError on anything that `childKey` can't have written. */
export function readChildKey(key: string): { family: Family; segments: readonly string[] } {
  let parts: unknown;
  try {
    parts = JSON.parse(key);
  } catch (cause) {
    throw new RangeError('not a target', { cause });
  }
  if (!Array.isArray(parts)) throw new RangeError('not a target');
  const [workload, protocol, method, separator, mutation, ...segments] = parts as unknown[];
  if (
    typeof workload !== 'string' ||
    typeof protocol !== 'string' ||
    typeof method !== 'string' ||
    typeof mutation !== 'boolean' ||
    !isSeparator(separator) ||
    !segments.every((segment) => typeof segment === 'string')
  ) {
    throw new RangeError('not a target');
  }
  return { family: { workload, protocol, method, separator, mutation }, segments };
}

export function isSeparator(value: unknown): value is Family['separator'] {
  return value === '/' || value === ':' || value === '.' || value === '';
}
