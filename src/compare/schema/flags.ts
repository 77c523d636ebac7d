import type { BooleanFacts } from '../../profile/schema/boolean-facts.ts';
import { tellsOfErrors } from './body-errors.ts';
import { lost, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';
import { eachOnce, lossOf, type Share, standing, weighShift } from './share.ts';

/** From such a share on, a flag has mostly one value. */
const MOSTLY = 0.8;

/** A flag that had one value always, mostly, or a third of the time, and has the other now. */
export function flagFlipped(nodes: Nodes): Change | undefined {
  const { base, cand, pointer } = nodes;
  const [before, after] = [base.boolean, cand.boolean];
  if (!before || !after || tellsOfErrors(pointer)) return undefined;
  // Profiles of before flags were counted tell how many there were only.
  if (before.total < base.count('boolean') || after.total < cand.count('boolean')) return undefined;
  return flagLost(nodes, before, after) ?? flagMoved(nodes, before, after);
}

function flagLost(nodes: Nodes, before: BooleanFacts, after: BooleanFacts): Change | undefined {
  const old = [true, false].find((flag) => before.count(flag) > 0 && after.count(flag) === 0);
  if (old === undefined) return undefined;
  const was = shareOf(before, old);
  const always = standing(was) === 'always';
  const change = lost(
    always ? nodes : once(nodes),
    [was, { some: 0, all: after.total }],
    ['boolean'],
    {
      rule: 'schema.flag-flipped',
      what: always ? `was always ${old} and is always ${!old} now` : `is never ${old} any more`,
    },
  );
  if (!change || (!always && (lossOf(was).atMost || change.weight !== 'decided'))) return undefined;
  return {
    ...change,
    before: always ? `${old}` : 'true, false',
    after: `${!old}`,
    baseExamples: before.examples(old),
    candExamples: after.examples(!old),
  };
}

/** Of flags with both values on both sides. */
function flagMoved(nodes: Nodes, before: BooleanFacts, after: BooleanFacts): Change | undefined {
  const old = [true, false].find(
    (flag) => isMost(shareOf(before, flag)) && isMost(shareOf(after, !flag)),
  );
  if (old === undefined) return undefined;
  const [was, is] = [shareOf(before, old), shareOf(after, old)];
  const weight = weighShift(was, is, eachOnce(nodes.support));
  if (weight !== 'decided') return undefined;
  return {
    rule: 'schema.flag-flipped',
    what: `was mostly ${old} and is mostly ${!old} now`,
    pointer: nodes.pointer,
    base: was,
    cand: is,
    weight,
    baseExamples: before.examples(old),
    candExamples: after.examples(!old),
  };
}

function shareOf(facts: BooleanFacts, flag: boolean): Share {
  return { some: facts.count(flag), all: facts.total };
}

function isMost({ some, all }: Share): boolean {
  return some >= MOSTLY * all;
}
