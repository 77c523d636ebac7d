import { binomialTail } from './binomial.ts';

/** How often an event happens at one of several places. */
export interface Place {
  readonly some: number;
  readonly all: number;
}

/** How often the event happens at places that are believed in beside those seen, and how many. */
const USUAL_SHARES = [0.01, 0.05];
const PRIOR_PLACES = 0.5;
/** Places without the event that are believed in beside those seen: errors are the exception. */
const PRIOR_WITHOUT = 40;

/**
 * How likely an event that never happened in `before` trials at one place happens at least `some`
 * times in `after` further ones, though nothing changed: it may have been there all along. How many
 * places have it, and how often, is learned from all of them (empirical Bayes, Robbins 1956).
 */
export function unseenBefore(
  places: readonly Place[],
): (before: number, some: number, after: number) => number {
  const shares = places.filter(({ some }) => some > 0).map(({ some, all }) => some / all);
  const having =
    (shares.length + USUAL_SHARES.length * PRIOR_PLACES) / (places.length + PRIOR_WITHOUT);
  const believed = [
    ...shares.map((share) => ({ share, weight: 1 })),
    ...USUAL_SHARES.map((share) => ({ share, weight: PRIOR_PLACES })),
  ];
  const total = believed.reduce((sum, { weight }) => sum + weight, 0);
  return (before, some, after) => {
    let unseen = 1 - Math.min(having, 1);
    let again = 0;
    for (const { share, weight } of believed) {
      const missed = having * (weight / total) * (1 - Math.min(share, 0.99)) ** before;
      unseen += missed;
      again += missed * binomialTail(some, after, Math.min(share, 0.99));
    }
    return again / unseen;
  };
}
