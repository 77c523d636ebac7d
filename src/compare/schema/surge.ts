import { eachOnce, type Share, type Support, weighShift } from './share.ts';

/** Up to such a share something is rare, from the second on it is usual, from the third on nearly all. */
const RARE = 0.1;
const USUAL = 0.5;
const NEARLY_ALL = 0.9;

/** How a share rose that data alone hardly move so far. */
export interface Surge {
  readonly base: Share;
  readonly cand: Share;
  readonly weight: 'decided';
  /** Another mix of cases may explain what is not nearly all. */
  readonly atMost?: 'warning';
}

/** That what was there, but rare, is usual now, beyond chance; undefined for any other move. */
export function surgeOf(base: Share, cand: Share, support: Support): Surge | undefined {
  if (support.isData || base.some === 0 || base.some > RARE * base.all || !isUsual(cand))
    return undefined;
  if (weighShift(base, cand, eachOnce(support)) !== 'decided') return undefined;
  return { base, cand, weight: 'decided', ...(!isNearlyAll(cand) && { atMost: 'warning' }) };
}

export function isUsual({ some, all }: Share): boolean {
  return some >= USUAL * all;
}

export function isNearlyAll({ some, all }: Share): boolean {
  return some >= NEARLY_ALL * all;
}

/** Those that are not among so many. */
export function othersOf({ some, all }: Share): Share {
  return { some: all - some, all };
}
