import type { Variant, Variants } from '../../profile/schema/variants.ts';
import { orderOf, type Share, type Support, standing, type Weight, weigh } from './share.ts';

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

/** The variants that both sides have, where a field discriminates on both; undefined where none does. */
export function sharedVariants(base: Variants, cand: Variants): Union | undefined {
  const theirs = new Map<string, Map<string, Readonly<Variant>>>();
  for (const [field, value, variant] of cand.entries()) {
    if (!theirs.has(field)) theirs.set(field, new Map());
    theirs.get(field)?.set(value, variant);
  }
  let best: Union | undefined;
  const fields = new Set([...base.entries()].map(([field]) => field));
  for (const field of fields) {
    const values = theirs.get(field);
    if (!values) continue;
    const shared: Shared[] = [];
    for (const [name, value, variant] of base.entries()) {
      const other = values.get(value);
      if (name === field && other) shared.push({ value, base: variant, cand: other });
    }
    const known = new Set([...base.entries()].filter(([name]) => name === field).map(([, v]) => v));
    const added = [...values.keys()].filter((value) => !known.has(value));
    if (known.size + added.length < 2 || shared.length === 0) continue;
    best ??= { field, shared, added };
  }
  return best;
}

/**
 * The heaviest move of a field inside one variant, where over all variants the field is only 'sometimes'
 * there on both sides.
 */
export function narrowed(
  { field, shared }: Union,
  name: string,
  support: Support,
): { base: Share; cand: Share; weight: Weight; where: string } | undefined {
  const pooled = pool(shared, name);
  if (standing(pooled.base) !== 'sometimes' || standing(pooled.cand) !== 'sometimes')
    return undefined;
  const moves = shared
    .map(({ value, base, cand }) => {
      const before: Share = { some: base.present.get(name) ?? 0, all: base.count };
      const after: Share = { some: cand.present.get(name) ?? 0, all: cand.count };
      const weight = weigh(before, after, support, false);
      return { base: before, cand: after, weight, where: `${field} is '${value}'` };
    })
    .filter(({ weight }) => weight === 'decided' || weight === 'likely');
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
