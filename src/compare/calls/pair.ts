import type { Fanout } from '../../profile/fanout.ts';
import { OutcomeFanout } from '../../profile/fanout-outcome.ts';
import type { CallSubjects } from '../subjects.ts';
import { wholeOf } from '../whole.ts';
import { type ChildView, childrenOf, type Namer } from './child-view.ts';

/** One operation as both sides saw it. */
export interface CallsPair {
  /** Plain form: `orders GET /api/orders/{id}`. */
  readonly operation: string;
  readonly base: Fanout | undefined;
  readonly cand: Fanout | undefined;
  readonly baseCount: number;
  readonly candCount: number;
  /** Where several handled calls are about one thing. */
  readonly subjects?: CallSubjects | undefined;
}

export interface OutcomeSide {
  readonly handled: number;
  readonly children: ReadonlyMap<string, ChildView>;
  readonly fanout: OutcomeFanout;
}

/** What both sides' handled calls with one class of status did. */
export interface OutcomePair {
  readonly operation: string;
  readonly status: string;
  readonly base: OutcomeSide;
  readonly cand: OutcomeSide;
  readonly subjects?: CallSubjects | undefined;
}

/** The status of what is judged over all outcomes together. */
export const ANY_STATUS = 'any';

/** The outcomes that both sides had. */
export function sharedOutcomes(pair: CallsPair, name: Namer): OutcomePair[] {
  const cand = new Map(pair.cand?.outcomes ?? []);
  return (pair.base?.outcomes ?? []).flatMap(([status, before]) => {
    const after = cand.get(status);
    if (!after) return [];
    return [
      {
        operation: pair.operation,
        status,
        base: side(before, name),
        cand: side(after, name),
        subjects: pair.subjects,
      },
    ];
  });
}

/** All outcomes as one: for what must not hide behind a changed mix of outcomes. */
export function allOutcomes(pair: CallsPair, name: Namer): OutcomePair {
  const whole = (fanout: Fanout | undefined) => {
    const outcomes = (fanout?.outcomes ?? []).map(([, outcome]) => outcome);
    return side(
      wholeOf(outcomes, () => new OutcomeFanout()),
      name,
    );
  };
  return {
    operation: pair.operation,
    status: ANY_STATUS,
    base: whole(pair.base),
    cand: whole(pair.cand),
    subjects: pair.subjects,
  };
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
