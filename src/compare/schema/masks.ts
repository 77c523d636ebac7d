import type { SchemaNode } from '../../profile/schema/node.ts';
import type { Change } from './report.ts';
import { type Share, type Support, weigh } from './share.ts';

/** Text that always, or at times, came masked (`***`) and now comes in clear more often. */
export function maskChange(
  base: SchemaNode,
  cand: SchemaNode,
  pointer: string,
  support: Support,
): Change | undefined {
  const was = inClear(base);
  const is = inClear(cand);
  if (was.some === was.all || is.some * was.all <= was.some * is.all) return undefined;
  return {
    rule: 'schema.unmasked',
    pointer,
    what: 'came masked and comes in clear',
    base: was,
    cand: is,
    weight: weigh(was, is, support),
    baseExamples: base.examples(['string']),
    candExamples: cand.examples(['string']),
  };
}

/** Of the strings that are not empty, those that are not masked. */
function inClear(node: SchemaNode): Share {
  const { empty = 0, masked = 0 } = node.string ?? {};
  const all = node.count('string') - empty;
  return { some: all - masked, all };
}
