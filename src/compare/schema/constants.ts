import { sampledSupport } from './formats.ts';
import { moved, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';

/** So many different texts, and such a share of those looked at, follow what the calls are about. */
const LEAST = 8;
const VARIED = 0.25;
/** Fewer are one, as they are counted. */
const ONE = 1.5;
/** About so many different things the calls must be that say the same. */
const THINGS = 10;

/** Texts that differed from thing to thing and are all the same now: a placeholder, or one answer for all. */
export function madeConstant(nodes: Nodes): Change | undefined {
  const { base, cand } = nodes;
  const [before, after] = [base.string?.sample, cand.string?.sample];
  if (!before || !after || after.distinct === 0 || after.distinct > ONE) return undefined;
  if (before.distinct < Math.max(LEAST, VARIED * before.size)) return undefined;
  if (cand.about(['string']).size < THINGS) return undefined;
  const change = moved(
    { ...nodes, support: sampledSupport(once(nodes)) },
    [
      { some: before.size, all: before.size },
      { some: 0, all: after.size },
    ],
    ['string'],
    {
      rule: 'schema.value-constant',
      what: 'said many different things and is always the same now',
    },
  );
  return change.weight === 'decided' ? change : undefined;
}
