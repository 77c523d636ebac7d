import type { Family } from '../../calls/target.ts';
import type { Rate } from '../stats/call-rate.ts';
import { type ChildView, childRate } from './child-view.ts';
import type { OutcomePair } from './pair.ts';

/** What the handled calls of an operation did to one callee, on both sides. */
export interface CalleePair {
  readonly pair: OutcomePair;
  /** In plain form. */
  readonly callee: string;
  readonly base: ChildView | undefined;
  readonly cand: ChildView | undefined;
  readonly baseRate: Rate;
  readonly candRate: Rate;
}

export function calleePairs(pair: OutcomePair): CalleePair[] {
  const callees = new Set([...pair.base.children.keys(), ...pair.cand.children.keys()]);
  return [...callees].sort().map((callee) => {
    const base = pair.base.children.get(callee);
    const cand = pair.cand.children.get(callee);
    const baseRate = childRate(base, pair.base.handled);
    const candRate = childRate(cand, pair.cand.handled);
    return { pair, callee, base, cand, baseRate, candRate };
  });
}

export function familyOf({ base, cand }: CalleePair): Family {
  return (cand ?? base)?.family as Family;
}
