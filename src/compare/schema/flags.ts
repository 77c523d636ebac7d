import type { SchemaNode } from '../../profile/schema/node.ts';
import { tellsOfErrors } from './body-errors.ts';
import type { Change } from './report.ts';
import { eachOnce, lossOf, type Share, type Support, standing, weigh } from './share.ts';

/** A flag that always had one value, or a third of the time, and always has the other now. */
export function flagFlipped(
  base: SchemaNode,
  cand: SchemaNode,
  pointer: string,
  support: Support,
): Change | undefined {
  const [before, after] = [base.boolean, cand.boolean];
  if (!before || !after || tellsOfErrors(pointer)) return undefined;
  // Profiles of before flags were counted tell how many there were only.
  if (before.total < base.count('boolean') || after.total < cand.count('boolean')) return undefined;
  const old = [true, false].find((flag) => before.count(flag) > 0 && after.count(flag) === 0);
  if (old === undefined) return undefined;
  const was: Share = { some: before.count(old), all: before.total };
  const is: Share = { some: 0, all: after.total };
  const always = standing(was) === 'always';
  const weight = weigh(was, is, always ? support : eachOnce(support));
  if (!always && (lossOf(was).atMost || weight !== 'decided')) return undefined;
  return {
    rule: 'schema.flag-flipped',
    pointer,
    what: always ? `was always ${old} and is always ${!old} now` : `is never ${old} any more`,
    base: was,
    cand: is,
    weight,
    before: always ? `${old}` : 'true, false',
    after: `${!old}`,
    baseExamples: before.examples(old),
    candExamples: after.examples(!old),
  };
}
