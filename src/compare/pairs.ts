import type { Family } from '../calls/target.ts';
import { OperationStats } from '../profile/operation-stats.ts';
import { familyKey, type Profile } from '../profile/profile.ts';
import { byCodeUnit, sortedEntries } from '../support/json.ts';
import { drawNames, type OperationNames } from './draw-names.ts';

/** One operation as both sides saw it; a side that never saw it has empty stats. */
export interface OperationPair {
  /** Plain form: `orders GET /api/orders/{id}`. */
  readonly operation: string;
  readonly family: Family;
  readonly base: OperationStats;
  readonly cand: OperationStats;
}

export interface Pairing {
  readonly pairs: readonly OperationPair[];
  /** The plain form of a target, by the templates drawn from both sides. */
  readonly name: OperationNames;
}

/** Draws path templates from both profiles together and brings their operations side by side. */
export function pairOperations(
  base: Profile,
  cand: Profile,
  hints: readonly string[] = [],
): Pairing {
  const name = drawNames(base.families, cand.families, hints);
  const pairs = new Map<string, OperationPair>();
  const collect = (profile: Profile, side: 'base' | 'cand') => {
    for (const { family, operations } of profile.families) {
      const key = familyKey(family);
      for (const [segments, stats] of operations.leaves()) {
        const operation = name(family, segments);
        let pair = pairs.get(`${key} ${operation}`);
        if (!pair) {
          pair = { operation, family, base: new OperationStats(), cand: new OperationStats() };
          pairs.set(`${key} ${operation}`, pair);
        }
        pair[side].merge(stats);
      }
    }
  };
  collect(base, 'base');
  collect(cand, 'cand');
  return {
    pairs: sortedEntries(pairs)
      .map(([, pair]) => pair)
      .sort(byOperation),
    name,
  };
}

function byOperation(a: OperationPair, b: OperationPair): number {
  return byCodeUnit(a.operation, b.operation);
}
