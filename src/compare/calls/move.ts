import type { Rate } from '../stats/call-rate.ts';
import type { CalleePair } from './callee-pair.ts';
import { type ChildView, countQuantile } from './child-view.ts';

/**
 * How the calls to one callee moved. Between never, sometimes and always is structure; a shift
 * inside 'sometimes' is the mix of the traffic until shown otherwise.
 */
export type Move =
  | 'appeared'
  | 'vanished'
  | 'from-always'
  | 'to-always'
  | 'multiplied'
  | 'divided'
  | 'shifted';

const ALWAYS = 0.95;
/** A share that left 'always', or had yet to reach it, lies below this. */
const NOT_ALWAYS = 0.7;
/** Shares up to this are links gone wrong, where the links themselves say that they are unsure. */
const STRAY = 0.05;
const UNSURE = 0.8;
/** Most handled calls made so many, and on average as many were made: links gone wrong give one call what they take from another. */
const STEADY = 0.55;
const STEADY_MEAN = 0.06;
/** Handled calls with such a call that counts a call are judged from. */
const MIN_PRESENT = 10;
/** Of calls that nearly all handled calls made, as many each. */
const SHIFT_FIXED = 1.15;
const SHIFT_ALWAYS = 1.5;
const SHIFT_SOMETIMES = 3;
const SHIFT_FLOOR = 0.1;

/** The move, were it significant; undefined where there is none to speak of. */
export function moveOf({ base, cand, baseRate, candRate }: CalleePair): Move | undefined {
  const before = shareOf(base, baseRate);
  const after = shareOf(cand, candRate);
  if (before === 0) return after === 0 ? undefined : 'appeared';
  if (after === 0) return 'vanished';
  const [was, is] = [steady(base, baseRate), steady(cand, candRate)];
  const always = before >= ALWAYS || (was >= 1 && candRate.mean < baseRate.mean);
  if (always && after <= NOT_ALWAYS) return 'from-always';
  if (before <= NOT_ALWAYS && after >= ALWAYS) return 'to-always';
  if (base && cand && base.present >= MIN_PRESENT && cand.present >= MIN_PRESENT) {
    if (countQuantile(cand, 0.5) > countQuantile(base, 0.95)) return 'multiplied';
    if (countQuantile(base, 0.5) > countQuantile(cand, 0.95)) return 'divided';
    if (was >= 1 && is > was) return 'multiplied';
    if (is >= 1 && was > is) return 'divided';
  }
  const ratio = candRate.mean / baseRate.mean;
  const least = isFixed(base, baseRate)
    ? SHIFT_FIXED
    : before >= ALWAYS && after >= ALWAYS
      ? SHIFT_ALWAYS
      : SHIFT_SOMETIMES;
  const far = ratio >= least || ratio <= 1 / least;
  return far && Math.abs(candRate.mean - baseRate.mean) >= SHIFT_FLOOR ? 'shifted' : undefined;
}

/** How many such calls each handled call makes, links gone wrong aside; 0 where that is not one number. */
function steady(view: ChildView | undefined, { mean, handled }: Rate): number {
  const whole = Math.round(mean);
  const made = (view?.counts.get(whole) ?? 0) / handled;
  return made >= STEADY && Math.abs(mean - whole) <= STEADY_MEAN * whole ? whole : 0;
}

/** Whether nearly all handled calls make the same number of such calls. */
function isFixed(view: ChildView | undefined, { mean, handled }: Rate): boolean {
  return (view?.counts.get(Math.round(mean)) ?? 0) >= ALWAYS * handled;
}

/** Mean confidence of the links that a view rests on. */
export function sureness(view: ChildView | undefined): number {
  return view && view.stats.calls > 0 ? view.stats.sure / view.stats.calls : 1;
}

function shareOf(view: ChildView | undefined, rate: Rate): number {
  if (!view || rate.handled === 0) return 0;
  const share = rate.present / rate.handled;
  return share <= STRAY && sureness(view) < UNSURE ? 0 : share;
}
