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

/** The same with its words. */
export function mostlyNow(
  name: string,
  base: Share,
  cand: Share,
  support: Support,
): (Surge & { readonly what: string }) | undefined {
  const surge = surgeOf(base, cand, support);
  return surge && { ...surge, what: `was seldom ${name} and mostly is now` };
}

/** That something mostly is missing now, which it seldom was; of the shares that have it. */
export function mostlyMissing(base: Share, cand: Share, support: Support) {
  const surge = mostlyNow('missing', othersOf(base), othersOf(cand), support);
  return surge && { ...surge, base, cand };
}

export function isUsual({ some, all }: Share): boolean {
  return some >= USUAL * all;
}

export function isNearlyAll({ some, all }: Share): boolean {
  return some >= NEARLY_ALL * all;
}

/** Those that are not among so many. */
function othersOf({ some, all }: Share): Share {
  return { some: all - some, all };
}
