import type { Draws } from './draws.ts';
import type { OwnTime } from './system.ts';

/** One draw of own time, ms, in still weather. */
export function ownTime({ median, sigma, hits, tail, alpha }: OwnTime, draws: Draws): number {
  let time = draws.logNormal(median, sigma);
  if (draws.chance(hits)) time /= 10;
  if (draws.chance(tail)) time *= draws.pareto(2, alpha);
  return Math.min(time, 60 * median);
}
