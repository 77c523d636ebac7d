/** One stretch of time: calls, and those of them that did something. */
export interface Stretch {
  readonly some: number;
  readonly all: number;
}

/** Deviations (standard normal) by which χ² must exceed independence: less is its own chance. */
const TELLING = 2.33;
/** From so many times the variance of independent calls on, events come in bursts. */
export const BURSTS = 2;
/** Expected events in a stretch that say something; thinner stretches are taken together. */
const LEAST_EXPECTED = 1;

/**
 * How many times the variance of independent calls a share's variance over time is, at least 1:
 * Pearson's χ² over its degrees of freedom (McCullagh & Nelder, Generalized Linear Models, §4.5); 1
 * where independence explains it (Wilson & Hilferty 1931, at 1 %) or too little happened to tell.
 * Events that come in bursts are worth so many times fewer.
 */
export function dispersionOf(stretches: readonly Stretch[]): number {
  const some = stretches.reduce((sum, stretch) => sum + stretch.some, 0);
  const all = stretches.reduce((sum, stretch) => sum + stretch.all, 0);
  if (some === 0 || some === all) return 1;
  const share = some / all;
  let chi = 0;
  let groups = 0;
  let open = { some: 0, all: 0 };
  for (const stretch of stretches) {
    open = { some: open.some + stretch.some, all: open.all + stretch.all };
    if (open.all * Math.min(share, 1 - share) < LEAST_EXPECTED) continue;
    chi += (open.some - open.all * share) ** 2 / (open.all * share * (1 - share));
    groups++;
    open = { some: 0, all: 0 };
  }
  const freedom = groups - 1;
  if (freedom < 1) return 1;
  const spread = 2 / (9 * freedom);
  const usual = freedom * (1 - spread + TELLING * Math.sqrt(spread)) ** 3;
  return chi <= usual ? 1 : chi / freedom;
}
