import type { SchemaNode } from '../../profile/schema/node.ts';
import { tellsOfErrors } from './body-errors.ts';
import type { Change } from './report.ts';
import { type Share, type Support, weigh } from './share.ts';

/** A flag that always had one value and always has the other now. */
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
  const old = before.count(true) > 0;
  if (before.count(!old) > 0 || after.count(old) > 0) return undefined;
  const was: Share = { some: before.total, all: before.total };
  const is: Share = { some: 0, all: after.total };
  return {
    rule: 'schema.flag-flipped',
    pointer,
    what: `was always ${old} and is always ${!old} now`,
    base: was,
    cand: is,
    weight: weigh(was, is, support),
    before: `${old}`,
    after: `${!old}`,
    baseExamples: before.examples(old),
    candExamples: after.examples(!old),
  };
}
