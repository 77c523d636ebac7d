import type { SchemaNode } from '../../profile/schema/node.ts';
import { nonZero } from './emptied.ts';
import { moved, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';
import { lossOf, type Share, standing } from './share.ts';

/** Numbers of which a third or more were negative, and none is any more; or the reverse. */
export function signChange(nodes: Nodes): Change | undefined {
  const [was, is] = [negative(nodes.base), negative(nodes.cand)];
  const [lost, what] =
    standing(is) === 'never' ? [was, 'is never negative any more'] : [is, 'is negative now'];
  if (was.some > 0 === is.some > 0 || lossOf(lost).atMost) return undefined;
  const change = moved(once(nodes), [was, is], ['integer', 'number'], {
    rule: 'schema.format-changed',
    what,
  });
  return change.weight === 'decided' ? { ...change, atMost: 'warning' } : undefined;
}

/** Of the numbers that are not zero, those below it. */
function negative(node: SchemaNode): Share {
  return { some: node.number?.negative ?? 0, all: nonZero(node).some };
}
