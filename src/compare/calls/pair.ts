import { OutcomeFanout } from '../../profile/fanout-outcome.ts';
import type { OperationStats } from '../../profile/operation-stats.ts';
import type { Namer } from '../draw-names.ts';
import type { OperationPair, Pairing } from '../pairs.ts';
import type { Sides } from '../sides.ts';
import { wholeOf } from '../whole.ts';
import { type ChildView, childrenOf } from './child-view.ts';

/** What of an operation its calls are judged by. */
export type CallsPair = Pick<OperationPair, 'operation' | 'subjects'> &
  Sides<Pick<OperationStats, 'count' | 'fanout' | 'echoed'>>;

/** The operations side by side, as far as their calls are judged by it. */
export type CallsPairing = Omit<Pairing, 'pairs'> & { readonly pairs: readonly CallsPair[] };

export interface OutcomeSide {
  readonly handled: number;
  readonly children: ReadonlyMap<string, ChildView>;
  readonly fanout: OutcomeFanout;
}

/** What both sides' handled calls of an operation did. */
export type OutcomePair = Pick<OperationPair, 'operation' | 'subjects'> & Sides<OutcomeSide>;

/** By the classes of status that both sides had. */
export function sharedOutcomes(pair: CallsPair, name: Namer): OutcomePair[] {
  const { operation, subjects } = pair;
  const cand = new Map(pair.cand.fanout.outcomes);
  return pair.base.fanout.outcomes.flatMap(([status, before]) => {
    const after = cand.get(status);
    if (!after) return [];
    return [{ operation, subjects, base: side(before, name), cand: side(after, name) }];
  });
}

/** All outcomes as one: for what must not hide behind a changed mix of outcomes. */
export function allOutcomes(pair: CallsPair, name: Namer): OutcomePair {
  const { operation, subjects, base, cand } = pair;
  const whole = ({ fanout }: CallsPair['base']) => {
    const outcomes = fanout.outcomes.map(([, outcome]) => outcome);
    return side(
      wholeOf(outcomes, () => new OutcomeFanout()),
      name,
    );
  };
  return { operation, subjects, base: whole(base), cand: whole(cand) };
}

function side(fanout: OutcomeFanout, name: Namer): OutcomeSide {
  let children: ReadonlyMap<string, ChildView> | undefined;
  return {
    handled: fanout.handled,
    // Most outcomes are too rare to be looked at.
    get children() {
      children ??= childrenOf(fanout, name);
      return children;
    },
    fanout,
  };
}
