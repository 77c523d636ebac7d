import { binomialTail } from './binomial.ts';

/** How often an event happens at one of several places. */
export interface Place {
  readonly some: number;
  readonly all: number;
}

/** Shares that are told apart: equal steps of the logarithm from 0.1 to 50 %. */
const SHARES: readonly number[] = Array.from({ length: 24 }, (_, i) => 0.001 * 500 ** (i / 23));
/** Places believed in beside those seen: such that never have the event, and of all shares alike. */
const PRIOR_WITHOUT = 20;
const PRIOR_WITH = 1;
const ROUNDS = 50;

/**
 * How likely an event that never happened in `before` trials at one place happens at least `some`
 * times in `after` further ones, though nothing changed: it may have been there all along. How many
 * places have it, and how often, is learned from all of them: a mixture over shares by maximum
 * likelihood (Kiefer & Wolfowitz 1956; empirical Bayes, Robbins 1956), by EM from a weak belief.
 */
export function unseenBefore(
  places: readonly Place[],
): (before: number, some: number, after: number) => number {
  const shares = [0, ...SHARES];
  const prior = shares.map((share) => (share === 0 ? PRIOR_WITHOUT : PRIOR_WITH / SHARES.length));
  const total = PRIOR_WITHOUT + PRIOR_WITH + places.length;
  let weights = prior.map((weight) => weight / (PRIOR_WITHOUT + PRIOR_WITH));
  const kinds = [...Map.groupBy(places, ({ some, all }) => `${some}/${all}`).values()].map(
    (alike) => ({
      many: alike.length,
      chances: shares.map((share) => likelihood(alike[0] as Place, share)),
    }),
  );
  for (let round = 0; round < ROUNDS; round++) {
    const next = [...prior];
    for (const { many, chances } of kinds) {
      const whole = chances.reduce((sum, each, j) => sum + each * (weights[j] as number), 0);
      for (const [j, each] of chances.entries())
        next[j] = (next[j] as number) + (many * each * (weights[j] as number)) / whole;
    }
    weights = next.map((weight) => weight / total);
  }
  return (before, some, after) => {
    let unseen = 0;
    let again = 0;
    for (const [j, share] of shares.entries()) {
      const missed = (weights[j] as number) * (1 - share) ** before;
      unseen += missed;
      if (share > 0) again += missed * binomialTail(some, after, share);
    }
    return again / unseen;
  };
}

function likelihood({ some, all }: Place, share: number): number {
  if (share === 0) return some === 0 ? 1 : 0;
  return Math.exp(some * Math.log(share) + (all - some) * Math.log1p(-share) - shift(some, all));
}

/** Log-likelihood at the place's own share, so that no product underflows. */
function shift(some: number, all: number): number {
  const own = some / all;
  return some === 0
    ? 0
    : some * Math.log(own) + (all - some) * Math.log1p(-Math.min(own, 1 - 1e-9));
}
