import type { Family } from '../../../src/calls/target.ts';
import type { CallsTo } from '../../../src/compare/own-work/own-calls.ts';
import type { OperationPair } from '../../../src/compare/pairs.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { call } from '../../support/calls.ts';
import { operationPair } from '../view/make.ts';

/** Calls in each slot of time, by caller. */
export type ByCaller = Readonly<Record<string, readonly number[]>>;

function statsOf(side: string, callers: ByCaller): OperationStats {
  const stats = new OperationStats();
  for (const [from, counts] of Object.entries(callers)) {
    for (const [slot, count] of counts.entries()) {
      for (let i = 0; i < count; i++)
        stats.observe(call({ id: `${side}/${from}/${slot}/${i}`, from }), slot);
    }
  }
  return stats;
}

export function pairOf(
  operation: string,
  base: ByCaller,
  cand: ByCaller,
  given: Partial<Family> = {},
): OperationPair {
  const pair = operationPair(operation, statsOf('b', base), statsOf('c', cand));
  return { ...pair, family: { ...pair.family, ...given } };
}

/** A workload's calls of an operation, of which nothing but their numbers is known. */
export function edgeOf(operation: string, base: number, cand: number): CallsTo {
  return { pair: pairOf(operation, {}, {}), base, cand };
}

/** A workload's calls of an operation. */
export function callsOf(workload: string, pair: OperationPair): CallsTo {
  return { pair, base: pair.base.callers.get(workload), cand: pair.cand.callers.get(workload) };
}
