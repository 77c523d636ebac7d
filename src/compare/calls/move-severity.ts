import type { Severity } from '../finding.ts';
import { asksCache, isCacheRead, isCacheWrite } from './cache.ts';
import { type CalleePair, familyOf } from './callee-pair.ts';
import type { Move } from './move.ts';

/** Calls that a callee never seen before must have had. */
const NEW_CALLS = 5;
/** Below this share of the handled calls, what came or went is a warning. */
const RARE = 0.1;
const CACHE_SHIFT = 3;

/** How severe a move is that is beyond doubt; undefined where it is none to speak of. */
export function severityOf(
  called: CalleePair,
  move: Move,
  isKnown: (operation: string, callee: string) => boolean,
): Severity | undefined {
  const { pair, callee, baseRate, candRate } = called;
  const family = familyOf(called);
  const mutation = family.mutation && !isCacheWrite(family);
  const cached = asksCache(pair.base) && asksCache(pair.cand) && !isCacheRead(family);
  const rare =
    Math.max(baseRate.present / baseRate.handled, candRate.present / candRate.handled) < RARE;
  switch (move) {
    case 'appeared':
      if (candRate.calls < NEW_CALLS) return undefined;
      return rare && (cached || isKnown(pair.operation, callee)) ? 'warning' : 'breaking';
    case 'vanished':
      return rare ? 'warning' : 'breaking';
    case 'from-always':
      return cached && !mutation ? 'warning' : 'breaking';
    case 'to-always':
    case 'multiplied':
      return 'breaking';
    case 'divided':
      return mutation ? 'breaking' : 'warning';
    case 'shifted': {
      if (!cached || mutation) return 'warning';
      return candRate.mean >= CACHE_SHIFT * baseRate.mean ? 'warning' : undefined;
    }
  }
}
