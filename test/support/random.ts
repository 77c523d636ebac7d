import { hash32 } from '../../src/support/hash.ts';

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
export type Random = () => number;

export function random(...seed: readonly (string | number)[]): Random {
  let state = hash32(seed.join(' '));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function integer(next: Random, from: number, to: number): number {
  return from + Math.floor(next() * (to - from + 1));
}

export function pick<T>(next: Random, values: readonly T[]): T {
  return values[integer(next, 0, values.length - 1)] as T;
}

/** `length` characters of `alphabet`. */
export function word(next: Random, length: number, alphabet: string): string {
  let text = '';
  for (let i = 0; i < length; i++) text += alphabet[integer(next, 0, alphabet.length - 1)];
  return text;
}

/** A duration around `median` ms with the long tail that latencies have. */
export function duration(next: Random, median: number): number {
  const normal = next() + next() + next() + next() - 2;
  return median * Math.exp(0.4 * normal) * (next() < 0.01 ? 3 : 1);
}
