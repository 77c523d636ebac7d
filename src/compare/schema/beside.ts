import type { Objects } from './fields.ts';
import { escapePointer } from './pointer.ts';
import { type Share, type Support, weighMove } from './share.ts';
import { isTold, orderOf, type Weight } from './weight.ts';

/**
 * The loss of a field that stood at times, seen where it was certain: beside another field that never
 * came without it and still comes. So the kinds of an object are told apart that nothing in it names
 * (the attributes of a JSON:API resource, the data of an event).
 */
export function lostBeside(
  base: Objects,
  cand: Objects,
  name: string,
  pointer: string,
  support: Support,
): { base: Share; cand: Share; weight: Weight; where: string } | undefined {
  const was = base.facts.properties.get(name)?.node.total ?? 0;
  if (was === 0 || was === base.node.count('object') || cand.facts.properties.has(name)) {
    return undefined;
  }
  if (!base.facts.shapes.covers(base.node.count('object'))) return undefined;
  const moves = [...base.facts.properties.keys()].flatMap((other) => {
    const still = cand.facts.properties.get(other)?.node.total ?? 0;
    const before = base.facts.shapes.beside(name, other);
    // What every object has says nothing of its kind.
    if (still === 0 || before.some < before.all || before.all === base.node.count('object'))
      return [];
    const after: Share = { some: 0, all: still };
    const where = `${pointer}/${escapePointer(other)} is there`;
    return [{ base: before, cand: after, weight: weighMove(before, after, support), where }];
  });
  return moves
    .filter(({ weight }) => isTold(weight))
    .toSorted((a, b) => orderOf(b.weight) - orderOf(a.weight) || b.cand.all - a.cand.all)[0];
}
