import type { OperationStats } from '../../profile/operation-stats.ts';
import { backgroundOf, callsAlone } from '../calls/background.ts';
import type { OperationPair, Pairing } from '../pairs.ts';
import type { SideName, Sides } from '../sides.ts';
import { spanOf } from '../stretches.ts';

/** Of the time with calls, what lies within less is a job by the clock, or a moment. */
const SPREAD = 0.5;
/** So much of what goes by the clock, or in rounds, is on no known call's account. */
export const NEARLY_ALL = 0.9;

/** The calls of one workload to one callee. */
export interface CallsTo extends Sides<number> {
  readonly pair: OperationPair;
}

/** The same, with how many of them are on no known call's account. */
export interface AccountedCalls extends CallsTo {
  readonly alone: Sides<number>;
}

/** What a workload did, or was given to do, beside a call of its own. */
export interface Beside extends Sides<number> {
  readonly operation: string;
  readonly unit: 'calls' | 'messages' | 'batches';
}

/**
 * Whom each workload called, on either side; not itself. Where one side had too many callers to know
 * who they were, none is known to have stopped or begun.
 */
export function callsByCaller({
  pairs,
  background,
}: Pick<Pairing, 'pairs' | 'background'>): Map<string, AccountedCalls[]> {
  const work = new Map<string, AccountedCalls[]>();
  for (const pair of pairs) {
    if (pair.base.callers.capped || pair.cand.callers.capped) continue;
    const callers = new Set(
      [...pair.base.callers.entries(), ...pair.cand.callers.entries()].map(([caller]) => caller),
    );
    for (const caller of callers) {
      if (caller === pair.family.workload) continue;
      const edge = {
        pair,
        base: pair.base.callers.get(caller),
        cand: pair.cand.callers.get(caller),
        alone: callsAlone(background, caller, pair.operation),
      };
      const known = work.get(caller);
      if (known) known.push(edge);
      else work.set(caller, [edge]);
    }
  }
  return work;
}

/** Whether so much (0…1) of the calls is on no known call's account. */
export function isOwn({ alone, ...calls }: AccountedCalls, side: SideName, share: number): boolean {
  return alone[side] >= share * calls[side];
}

/** The same of an operation that is called most of the time. */
export function isSteadilyOwn(
  edge: AccountedCalls,
  side: SideName,
  share: number,
  slots: Sides<readonly number[]>,
): boolean {
  return isOwn(edge, side, share) && spanOf(edge.pair[side], slots[side]) >= SPREAD;
}

/** Whether all calls of an operation are this workload's. */
export function isOnlyCaller(workload: string, { pair }: CallsTo, side: SideName): boolean {
  return pair[side].callers.get(workload) === pair[side].count;
}

/** What a finding on such calls tells of them. */
export function about(workload: string, { pair, base, cand }: CallsTo) {
  return {
    operation: backgroundOf(workload),
    path: pair.operation,
    baseline: base,
    candidate: cand,
    interval: null,
    samples: { baseline: base, candidate: cand },
    chain: [backgroundOf(workload), pair.operation],
  };
}

/** Ids of calls of an operation. */
export function examplesOf({ statuses }: OperationStats): readonly string[] {
  return statuses.flatMap(([, { examples }]) => examples.ids);
}
