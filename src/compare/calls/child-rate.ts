import { type Rate, rateOf } from '../stats/call-rate.ts';
import type { ChildView } from './child-view.ts';

const NONE: ReadonlyMap<number, number> = new Map();

/** Calls to one callee a handled call; none of them where there is no view. */
export function childRate(view: ChildView | undefined, handled: number): Rate {
  return rateOf(view?.stats.calls ?? 0, view?.counts ?? NONE, handled);
}
