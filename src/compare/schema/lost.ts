import type { SchemaNode, TypeName } from '../../profile/schema/node.ts';
import type { Sides } from '../sides.ts';
import type { Change } from './report.ts';
import { eachOnce, type Share, type Support, weigh } from './share.ts';

/** The values of both sides at one place. */
export interface Nodes extends Sides<SchemaNode> {
  /** JSON pointer. */
  readonly pointer: string;
  readonly support: Support;
}

type Told = Pick<Change, 'rule' | 'what'>;

/** The change that another share of the values at a place has some trait. */
export function moved(
  { base, cand, pointer, support }: Nodes,
  [was, is]: readonly [Share, Share],
  types: readonly TypeName[],
  told: Told,
): Change {
  return {
    ...told,
    pointer,
    base: was,
    cand: is,
    weight: weigh(was, is, support),
    baseExamples: base.examples(types),
    candExamples: cand.examples(types),
  };
}

/** The same where some had it, and none has it any more. */
export function lost(
  nodes: Nodes,
  [was, is]: readonly [Share, Share],
  types: readonly TypeName[],
  told: Told,
): Change | undefined {
  if (was.some === 0 || is.all === 0 || is.some > 0) return undefined;
  return moved(nodes, [was, is], types, told);
}

/** All values of messages about one subject count as one: for what isn't known by subject. */
export function once(nodes: Nodes): Nodes {
  return { ...nodes, support: eachOnce(nodes.support) };
}
