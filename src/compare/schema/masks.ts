import type { SchemaNode } from '../../profile/schema/node.ts';
import { moved, type Nodes } from './lost.ts';
import type { Change } from './report.ts';
import type { Share } from './share.ts';

/** Text that always, or at times, came masked (`***`) and now comes in clear more often. */
export function maskChange(nodes: Nodes): Change | undefined {
  const [was, is] = [inClear(nodes.base), inClear(nodes.cand)];
  if (was.some === was.all || is.some * was.all <= was.some * is.all) return undefined;
  return moved(nodes, [was, is], ['string'], {
    rule: 'schema.unmasked',
    what: 'came masked and comes in clear',
  });
}

/** Of the strings that are not empty, those that are not masked. */
export function inClear(node: SchemaNode): Share {
  const { empty = 0, masked = 0 } = node.string ?? {};
  const all = node.count('string') - empty;
  return { some: all - masked, all };
}
