import { hash32 } from '../../support/hash.ts';

const FIRST_MS = 5_000;
const LONGEST_MS = 15 * 60_000;
const LONGEST_ASKED_MS = 3_600_000;

/**
 * How long to wait after so many failed attempts, ms: doubled each time, and spread over a quarter by the
 * id, so that what failed together is not tried together. A receiver that asks for more time (ms) gets it,
 * up to an hour.
 */
export function waitAfter(attempts: number, id: string, asked = 0): number {
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 20));
  const spread = 0.875 + (hash32(id, attempts) / 2 ** 32) * 0.25;
  return Math.max(Math.round(wait * spread), Math.min(asked, LONGEST_ASKED_MS));
}
