import type { Family } from '../calls/target.ts';
import { OperationStats } from '../profile/operation-stats.ts';
import { familyKey, type Profile } from '../profile/profile.ts';
import { byCodeUnit, sortedEntries } from '../support/json.ts';
import { type Background, backgroundCalls } from './calls/background.ts';
import { drawNames, type Namer } from './draw-names.ts';
import type { SideName, Sides } from './sides.ts';
import { type CallSubjects, subjectsOfCalls } from './subjects.ts';
import { wholeOf } from './whole.ts';

/** One operation as both sides saw it; a side that never saw it has empty stats. */
export interface OperationPair extends Sides<OperationStats> {
  /** Plain form: `orders GET /api/orders/{id}`. */
  readonly operation: string;
  readonly family: Family;
  /** Where several handled calls are about one thing. */
  readonly subjects: CallSubjects | undefined;
}

export interface Pairing {
  readonly pairs: readonly OperationPair[];
  /** The plain form of a target, by the templates drawn from both sides. */
  readonly name: Namer;
  readonly background: Sides<Background>;
}

/** Draws path templates from both profiles together and brings their operations side by side. */
export function pairOperations(
  base: Profile,
  cand: Profile,
  hints: readonly string[] = [],
): Pairing {
  const name = drawNames(base.families, cand.families, hints);
  const found = new Map<string, Found>();
  const collect = (profile: Profile, side: SideName) => {
    for (const { family, operations } of profile.families) {
      const key = familyKey(family);
      for (const [segments, stats] of operations.leaves()) {
        const operation = name(family, segments);
        let pair = found.get(`${key} ${operation}`);
        if (!pair) {
          pair = { operation, family, base: [], cand: [] };
          found.set(`${key} ${operation}`, pair);
        }
        pair[side].push(stats);
      }
    }
  };
  collect(base, 'base');
  collect(cand, 'cand');
  const pairs = sortedEntries(found).map(([, { operation, family, ...sides }]) => {
    const base = wholeOf(sides.base, () => new OperationStats());
    const cand = wholeOf(sides.cand, () => new OperationStats());
    return { operation, family, base, cand, subjects: subjectsOfCalls(base, cand) };
  });
  const background = {
    base: backgroundCalls(base.background, name),
    cand: backgroundCalls(cand.background, name),
  };
  return { pairs: pairs.sort(byOperation), name, background };
}

/** The paths of each side that one template stands for. */
interface Found extends Sides<OperationStats[]> {
  readonly operation: string;
  readonly family: Family;
}

function byOperation(a: OperationPair, b: OperationPair): number {
  return byCodeUnit(a.operation, b.operation);
}
