import { formatsOf } from '../../profile/schema/formats.ts';
import type { SchemaNode, TypeName } from '../../profile/schema/node.ts';
import { TRAITS } from '../../profile/schema/traits.ts';
import { nonZero } from './emptied.ts';
import { sampledSupport } from './formats.ts';
import { moved, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';
import { lossOf, type Share, standing } from './share.ts';
import { written } from './writing.ts';

const DECIMAL = formatsOf('0.5');

/** Numbers, also as text, of which a third or more were negative, and none is any more; or the reverse. */
export function signChange(nodes: Nodes): Change | undefined {
  const support = sampledSupport(once(nodes));
  return (
    changeOf(once(nodes), numbers, ['integer', 'number']) ??
    changeOf({ ...nodes, support }, decimals, ['string'])
  );
}

function changeOf(
  nodes: Nodes,
  negative: (node: SchemaNode) => Share,
  types: readonly TypeName[],
): Change | undefined {
  const [was, is] = [negative(nodes.base), negative(nodes.cand)];
  const [lost, what] =
    standing(is) === 'never' ? [was, 'is never negative any more'] : [is, 'is negative now'];
  if (was.some > 0 === is.some > 0 || lossOf(lost).atMost) return undefined;
  const change = moved(nodes, [was, is], types, { rule: 'schema.format-changed', what });
  return change.weight === 'decided' ? { ...change, atMost: 'warning' } : undefined;
}

/** Of the numbers that are not zero, those below it. */
function numbers(node: SchemaNode): Share {
  return { some: node.number?.negative ?? 0, all: nonZero(node).some };
}

/** Of the sampled decimals as text, those below zero. */
function decimals({ string }: SchemaNode): Share {
  const isDecimal = string && (string.formats & DECIMAL) === DECIMAL;
  return (isDecimal && written(string.sample, TRAITS.negative)) || { some: 0, all: 0 };
}
