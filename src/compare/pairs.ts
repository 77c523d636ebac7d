import { formatOperation } from '../calls/operation.ts';
import type { Family } from '../calls/target.ts';
import { OperationStats } from '../profile/operation-stats.ts';
import { type FamilyProfile, familyKey, type Profile } from '../profile/profile.ts';
import { drawTemplates, type Templates, templateScope } from '../profile/templates.ts';
import { hintsFor } from '../profile/templates-hints.ts';
import { byCodeUnit, sortedEntries } from '../support/json.ts';
import { lonelyTemplates, type Seen } from './lonely.ts';

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
  const templates = templatesOf(base, cand, hints);
  const name = (family: Family, segments: readonly string[]) =>
    formatOperation(family, templates.get(templateScope(family))?.of(segments) ?? segments);
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

function templatesOf(
  base: Profile,
  cand: Profile,
  hints: readonly string[],
): ReadonlyMap<string, Templates> {
  const sides = [
    ...base.families.map((family) => ({ ...family, side: 'base' as const })),
    ...cand.families.map((family) => ({ ...family, side: 'cand' as const })),
  ];
  const scopes = Map.groupBy(sides, ({ family }) => templateScope(family));
  return new Map([...scopes].map(([scope, members]) => [scope, drawScope(members, hints)]));
}

type SidedFamily = FamilyProfile & { readonly side: 'base' | 'cand' };

/** Draws once from what is there, and again where that leaves single values without their like. */
function drawScope(members: readonly SidedFamily[], hints: readonly string[]): Templates {
  const tries = members.map(({ operations }) => operations);
  const draw = (all: readonly string[]) => drawTemplates(tries, (stats) => stats.count, all);
  const [first] = members;
  const told = hintsFor(first?.family.workload ?? '', hints);
  const drawn = draw(told);
  if (first?.family.separator !== '/') return drawn;
  const lonely = [...Map.groupBy(members, ({ family }) => familyKey(family)).values()].flatMap(
    (family) => lonelyTemplates(countTemplates(family, drawn)),
  );
  if (lonely.length === 0) return drawn;
  return draw([...told, ...lonely.map((segments) => `/${segments.join('/')}`)]);
}

function countTemplates(members: readonly SidedFamily[], drawn: Templates): Seen[] {
  const seen = new Map<string, { template: readonly string[]; base: number; cand: number }>();
  for (const { operations, side } of members) {
    for (const [segments, { count }] of operations.leaves()) {
      const template = drawn.of(segments);
      const key = template.join('/');
      const known = seen.get(key) ?? { template, base: 0, cand: 0 };
      known[side] += count;
      seen.set(key, known);
    }
  }
  return [...seen.values()];
}

function byOperation(a: OperationPair, b: OperationPair): number {
  return byCodeUnit(a.operation, b.operation);
}
