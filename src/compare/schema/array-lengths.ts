import type { SchemaNode } from '../../profile/schema/node.ts';
import { lost, moved, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';
import { lossOf, type Share } from './share.ts';

/** Of so many no case of few is lost, and none of few is new. */
const MANY = 1 / 3;

/** Arrays whose items came or went for good. */
export function arrayFilling(nodes: Nodes): Change | undefined {
  const shares = [filledArrays(nodes.base), filledArrays(nodes.cand)] as const;
  const [was, is] = shares;
  if (was.some > 0 && is.some > 0) return undefined;
  const items = { ...nodes, pointer: `${nodes.pointer}/*` };
  return is.some > 0
    ? moved(items, shares, ['array'], { rule: 'schema.array-filled', what: 'has items now' })
    : {
        ...moved(items, shares, ['array'], {
          rule: 'schema.array-emptied',
          what: 'has no items any more',
        }),
        ...lossOf(was),
      };
}

/** Arrays that never were empty, and of which many are now. What there is to list is data: told only. */
export function arrayEmptiedAtTimes(nodes: Nodes): Change | undefined {
  const [was, is] = [emptyArrays(nodes.base), emptyArrays(nodes.cand)];
  if (is.some < MANY * is.all) return undefined;
  const change = moved(once({ ...nodes, pointer: `${nodes.pointer}/*` }), [was, is], ['array'], {
    rule: 'schema.array-emptied',
    what: 'was never empty and is at times',
  });
  return change.weight === 'decided' ? { ...change, atMost: 'warning' } : undefined;
}

/** Arrays of which many were longer than any is now, by a power of two. Lengths are data: told only. */
export function arrayShortened(nodes: Nodes): Change | undefined {
  const longest = nodes.cand.array?.longest ?? 0;
  const length = 2 ** Math.ceil(Math.log2(longest + 1));
  const long = (node: SchemaNode): Share => ({
    some: node.array?.lengths.atLeast(length) ?? 0,
    all: node.count('array'),
  });
  const was = long(nodes.base);
  if (was.some < MANY * was.all) return undefined;
  const change = lost(
    once({ ...nodes, pointer: `${nodes.pointer}/*` }),
    [was, long(nodes.cand)],
    ['array'],
    {
      rule: 'schema.array-emptied',
      what: `never has ${length} items or more any more`,
    },
  );
  return change?.weight === 'decided' ? { ...change, atMost: 'warning' } : undefined;
}

function emptyArrays(node: SchemaNode): Share {
  const { some, all } = filledArrays(node);
  return { some: all - some, all };
}

/** Of the arrays, those that have items. */
export function filledArrays(node: SchemaNode): Share {
  const all = node.count('array');
  return { some: all - (node.array?.empty ?? all), all };
}
