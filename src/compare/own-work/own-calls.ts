import type { OperationStats } from '../../profile/operation-stats.ts';
import { backgroundOf } from '../calls/background.ts';
import type { OperationPair } from '../pairs.ts';
import type { SideName, Sides } from '../sides.ts';

/** The calls of one workload to one callee. */
export interface CallsTo extends Sides<number> {
  readonly pair: OperationPair;
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
export function callsByCaller(pairs: readonly OperationPair[]): Map<string, CallsTo[]> {
  const work = new Map<string, CallsTo[]>();
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
      };
      const known = work.get(caller);
      if (known) known.push(edge);
      else work.set(caller, [edge]);
    }
  }
  return work;
}

/** Whether all calls of an operation are this workload's. */
export function isAlone(workload: string, { pair }: CallsTo, side: SideName): boolean {
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
