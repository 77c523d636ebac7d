import { betaBinomialTail } from '../../compare/stats/beta-binomial.ts';
import { dispersionOf, type Stretch } from '../../compare/stats/dispersion.ts';
import { sum } from '../../support/numbers.ts';

/** With fewer learned calls nothing is said of a share. */
const LEAST_CALLS = 50;
/** Jeffreys' prior: what never happened may have been just unseen. */
const PRIOR = 0.5;
/**
 * However much was learned, the share itself moves from day to day, by about the root of one over
 * this: a fifth. An hour that was learned is worth one event.
 */
const MOST_KNOWN = 20;
const LEAST_KNOWN = 2;
/** An hour like this was an event, not what is usual, where the other hours have a tenth of it. */
const EVENT_SHARE = 0.2;
const EVENT_RATIO = 10;
const MOST_EVENTS = 1 / 6;
/** Events that the belief in no bursts is worth: of a few events, nothing is known of their bursts. */
const WITHOUT_BURSTS = 20;

/** What was learned of the share of calls that do something. */
export interface LearnedShare {
  readonly calls: number;
  /** Of those, the ones that did. */
  readonly some: number;
  /** 0…1; never 0: what was never seen may still happen. */
  readonly share: number;
  /** Events come in bursts: so many are worth one. */
  readonly bursts: number;
  /** Hours with calls. */
  readonly hours: number;
}

/** Undefined where too little was learned. */
export function learnedShare(stretches: readonly Stretch[]): LearnedShare | undefined {
  const usual = withoutEvents(stretches);
  const calls = sum(usual, ({ all }) => all);
  if (calls < LEAST_CALLS) return undefined;
  const some = sum(usual, ({ some }) => some);
  const share = (some + PRIOR) / (calls + 2 * PRIOR);
  const bursts = 1 + ((dispersionOf(usual) - 1) * some) / (some + WITHOUT_BURSTS);
  return { calls, some, share, bursts, hours: usual.filter(({ all }) => all > 0).length };
}

/**
 * How likely at least `some` of `all` calls do it when nothing is wrong: Pólya's urn (the
 * beta-binomial), as sure as what was learned, of which bursts count once (McCullagh & Nelder, §4.5).
 */
export function shareChance(
  learned: LearnedShare,
  some: number,
  all: number,
  known = MOST_KNOWN,
): number {
  const sure = Math.max(LEAST_KNOWN, Math.min(known, learned.hours));
  const a = Math.min(learned.some + PRIOR, sure);
  const b = (a * (1 - learned.share)) / learned.share;
  return betaBinomialTail(Math.floor(some / learned.bursts), all / learned.bursts, a, b);
}

/** Leaves out the few hours that were an outage. */
function withoutEvents(stretches: readonly Stretch[]): readonly Stretch[] {
  const rest = stretches.filter(({ some, all }) => some < EVENT_SHARE * all);
  const share =
    sum(rest, ({ some }) => some) /
    Math.max(
      1,
      sum(rest, ({ all }) => all),
    );
  const few = stretches.length - rest.length <= MOST_EVENTS * stretches.length;
  return few && share * EVENT_RATIO <= EVENT_SHARE ? rest : stretches;
}
