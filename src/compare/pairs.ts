import { formatOperation } from '../calls/operation.ts';
import type { Family } from '../calls/target.ts';
import { OperationStats } from '../profile/operation-stats.ts';
import { type FamilyProfile, familyKey, type Profile } from '../profile/profile.ts';
import { drawTemplates, type Templates } from '../profile/templates.ts';
import { byCodeUnit, sortedEntries } from '../support/json.ts';

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
  readonly name: (family: Family, segments: readonly string[]) => string;
}

/** Draws path templates from both profiles together and brings their operations side by side. */
export function pairOperations(
  base: Profile,
  cand: Profile,
  hints: readonly string[] = [],
): Pairing {
  const sides = new Map<string, { base?: FamilyProfile; cand?: FamilyProfile }>();
  for (const family of base.families) sides.set(familyKey(family.family), { base: family });
  for (const family of cand.families) {
    const key = familyKey(family.family);
    sides.set(key, { ...sides.get(key), cand: family });
  }
  const templates = new Map<string, Templates>();
  const pairs: OperationPair[] = [];
  for (const [key, side] of sortedEntries(sides)) {
    const { family } = (side.base ?? side.cand) as FamilyProfile;
    const tries = [side.base, side.cand].flatMap((one) => (one ? [one.operations] : []));
    const drawn = drawTemplates(tries, (stats) => stats.count, hints);
    templates.set(key, drawn);
    const byName = new Map<string, OperationPair>();
    const collect = (from: FamilyProfile | undefined, which: 'base' | 'cand') => {
      for (const [segments, stats] of from?.operations.leaves() ?? []) {
        const operation = formatOperation(family, drawn.of(segments));
        let pair = byName.get(operation);
        if (!pair) {
          pair = { operation, family, base: new OperationStats(), cand: new OperationStats() };
          byName.set(operation, pair);
        }
        pair[which].merge(stats);
      }
    };
    collect(side.base, 'base');
    collect(side.cand, 'cand');
    pairs.push(...byName.values());
  }
  pairs.sort((a, b) => byCodeUnit(a.operation, b.operation));
  return {
    pairs,
    name: (family, segments) =>
      formatOperation(family, templates.get(familyKey(family))?.of(segments) ?? segments),
  };
}
