import { tellsOfErrors } from './body-errors.ts';
import { lost, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';
import { lossOf, standing } from './share.ts';

/** A flag that always had one value, or a third of the time, and always has the other now. */
export function flagFlipped(nodes: Nodes): Change | undefined {
  const { base, cand, pointer } = nodes;
  const [before, after] = [base.boolean, cand.boolean];
  if (!before || !after || tellsOfErrors(pointer)) return undefined;
  // Profiles of before flags were counted tell how many there were only.
  if (before.total < base.count('boolean') || after.total < cand.count('boolean')) return undefined;
  const old = [true, false].find((flag) => before.count(flag) > 0 && after.count(flag) === 0);
  if (old === undefined) return undefined;
  const was = { some: before.count(old), all: before.total };
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
