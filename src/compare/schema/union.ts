import type { Variant, Variants } from '../../profile/schema/variants.ts';
import { type Share, type Support, standing, weighMove } from './share.ts';
import { isTold, orderOf, type Weight } from './weight.ts';

interface Shared {
  readonly value: string;
  readonly base: Readonly<Variant>;
  readonly cand: Readonly<Variant>;
}

/** Objects of both sides by one discriminating field. */
export interface Union {
  readonly field: string;
  readonly shared: readonly Shared[];
  /** Values that only the candidate has. */
  readonly added: readonly string[];
}

/** The variants of one side, and how many objects it has. */
export interface Side {
  readonly variants: Variants;
  readonly objects: number;
}

/**
 * The variants that both sides have, where a field discriminates all objects on both; undefined where
 * none does.
 */
export function sharedVariants(base: Side, cand: Side): Union | undefined {
  for (const [field, before] of byField(base)) {
    const after = byField(cand).get(field);
    if (!after) continue;
    const shared = [...before].flatMap(([value, variant]) => {
      const other = after.get(value);
      return other ? [{ value, base: variant, cand: other }] : [];
    });
    const added = [...after.keys()].filter((value) => !before.has(value));
    if (shared.length > 0 && before.size + added.length > 1) return { field, shared, added };
  }
  return undefined;
}

type ByValue = ReadonlyMap<string, Readonly<Variant>>;

/** Variants by field and value, for the fields that every object has. */
function byField({ variants, objects }: Side): ReadonlyMap<string, ByValue> {
  const fields = new Map<string, Map<string, Readonly<Variant>>>();
  for (const [field, value, variant] of variants.entries()) {
    const values = fields.get(field) ?? new Map<string, Readonly<Variant>>();
    fields.set(field, values.set(value, variant));
  }
  const covered = (values: ByValue) =>
    [...values.values()].reduce((sum, { count }) => sum + count, 0) === objects;
  return new Map([...fields].filter(([, values]) => covered(values)));
}

/**
 * The heaviest move of a field inside one variant, where over all variants the field is only 'sometimes'
 * there, and still is or never is any more.
 */
export function narrowed(
  { field, shared }: Union,
  name: string,
  support: Support,
): { base: Share; cand: Share; weight: Weight; where: string } | undefined {
  const pooled = pool(shared, name);
  if (standing(pooled.base) !== 'sometimes' || standing(pooled.cand) === 'always') return undefined;
  const moves = shared
    .map(({ value, base, cand }) => {
      const before: Share = { some: base.present.get(name) ?? 0, all: base.count };
      const after: Share = { some: cand.present.get(name) ?? 0, all: cand.count };
      const weight = weighMove(before, after, support);
      return { base: before, cand: after, weight, where: `${field} is '${value}'` };
    })
    .filter(({ weight }) => isTold(weight));
  return moves.toSorted((a, b) => orderOf(b.weight) - orderOf(a.weight))[0];
}

/** Whether a move over all variants comes from which variants were seen, not from any one of them. */
export function explained({ shared }: Union, name: string): boolean {
  return shared.every(({ base, cand }) => {
    const before = standing({ some: base.present.get(name) ?? 0, all: base.count });
    const after = standing({ some: cand.present.get(name) ?? 0, all: cand.count });
    return before === after;
  });
}

function pool(shared: readonly Shared[], name: string): { base: Share; cand: Share } {
  const side = (which: 'base' | 'cand'): Share => ({
    some: shared.reduce((sum, one) => sum + (one[which].present.get(name) ?? 0), 0),
    all: shared.reduce((sum, one) => sum + one[which].count, 0),
  });
  return { base: side('base'), cand: side('cand') };
}
