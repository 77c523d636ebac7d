import { sampledSupport } from './formats.ts';
import { moved, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';

/** So many values, and such a share of the texts looked at, must differ to follow what calls are about. */
export const LEAST = 8;
const VARIED = 0.25;
/** Fewer are one, as they are counted. */
export const ONE = 1.5;
const NUMBERS = ['integer', 'number'] as const;
/** Calls that say the same must be about so many things. */
const THINGS = 10;

export const MADE_CONSTANT = 'said many different things and is always the same now';
const TOLD = { rule: 'schema.value-constant', what: MADE_CONSTANT } as const;

/** Values that differed from thing to thing and are all the same now: a placeholder, or one answer for all. */
export function madeConstant(nodes: Nodes): Change | undefined {
  return textConstant(nodes) ?? numberConstant(nodes);
}

function textConstant(nodes: Nodes): Change | undefined {
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
    TOLD,
  );
  return change.weight === 'decided' ? change : undefined;
}

function numberConstant(nodes: Nodes): Change | undefined {
  const { base, cand } = nodes;
  const [before, after] = [base.number?.distinct ?? 0, cand.number?.distinct ?? 0];
  if (before < LEAST || after === 0 || after > ONE) return undefined;
  if (cand.about(NUMBERS).size < THINGS) return undefined;
  const [was, is] = [base, cand].map((node) => node.count('integer') + node.count('number'));
  const change = moved(
    once(nodes),
    [
      { some: was ?? 0, all: was ?? 0 },
      { some: 0, all: is ?? 0 },
    ],
    NUMBERS,
    TOLD,
  );
  return change.weight === 'decided' ? change : undefined;
}
