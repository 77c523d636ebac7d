import type { Objects } from './fields.ts';
import { moved, once } from './lost.ts';
import { mapValues } from './maps.ts';
import type { Change } from './report.ts';
import { lossOf, type Share, type Support } from './share.ts';

/** Of fewer things it is not known how many of the maps were filled. */
const FEW = 8;

/** Objects of several fields, or maps, that have none any more. */
export function objectEmptied(
  base: Objects,
  cand: Objects,
  pointer: string,
  support: Support,
): Change | undefined {
  const { node, facts } = base;
  const all = { base: node.count('object'), cand: cand.node.count('object') };
  const isBare = cand.facts.patterns.size === 0 && cand.facts.shapes.bare === all.cand;
  if (!isBare || cand.facts.mapped) return undefined;
  const map = facts.mapped || facts.patterns.size > 0;
  if (!map && facts.properties.size < 2) return undefined;
  const known = node.about(['object']).size;
  const some = map ? filledMaps(base, known) : all.base - facts.shapes.bare;
  const was: Share = { some, all: all.base };
  const nodes = { base: node, cand: cand.node, pointer: `${pointer}/*`, support };
  return {
    ...moved(once(nodes), [was, { some: 0, all: all.cand }], ['object'], {
      rule: 'schema.field-removed',
      what: 'has no fields any more',
    }),
    ...(map && known < FEW ? { atMost: 'warning' } : lossOf(was)),
  };
}

/**
 * Of maps, about how many were filled: that is not kept, only what those were about, of `known` that all
 * were about; infinite where they are too many to tell.
 */
function filledMaps(maps: Objects, known: number): number {
  const all = maps.node.count('object');
  const filled = mapValues(maps, true).about().size;
  const some = Number.isFinite(known) ? (all * filled) / known : filled;
  return Math.round(Math.min(all, some));
}
