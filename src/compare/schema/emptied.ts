import type { SchemaNode } from '../../profile/schema/node.ts';
import { lost, moved, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';
import { type Share, standing } from './share.ts';

const RULE = 'schema.value-emptied';

/** Text that said something and is always empty now; numbers that never were zero and always are. */
export function valueEmptied(nodes: Nodes): Change | undefined {
  return (
    emptied(nodes, filled, 'is always empty now') ??
    emptied(nodes, nonZero, 'is always 0 now') ??
    defaulted(once(nodes))
  );
}

function emptied(
  nodes: Nodes,
  saying: (node: SchemaNode) => Share,
  what: string,
): Change | undefined {
  const { base, cand } = nodes;
  const change = lost(nodes, [saying(base), saying(cand)], ['string', 'integer', 'number'], {
    rule: RULE,
    what,
  });
  // Many counts are zero at times, whatever the code does.
  return change && standing(change.base) !== 'always' ? { ...change, atMost: 'warning' } : change;
}

/** Nulls that are gone, and values that say nothing in their place. */
function defaulted(nodes: Nodes): Change | undefined {
  const { base, cand } = nodes;
  if (blanks(base) > 0) return undefined;
  const told = { rule: RULE, what: 'is 0 or empty where it was null' } as const;
  const nulls = (node: SchemaNode): Share => ({ some: node.count('null'), all: node.total });
  if (lost(nodes, [nulls(base), nulls(cand)], ['null'], told)?.weight !== 'decided')
    return undefined;
  const shares = [
    { some: 0, all: base.total },
    { some: blanks(cand), all: cand.total },
  ] as const;
  const change = moved(nodes, shares, ['string', 'integer'], told);
  return change.weight === 'decided'
    ? { ...change, baseExamples: base.examples(['null']) }
    : undefined;
}

/** Empty texts, and numbers below one. */
function blanks({ string, number }: SchemaNode): number {
  return (string?.empty ?? 0) + (number?.magnitudes.belowOne ?? 0);
}

/** Of the strings, those that are not empty. */
export function filled(node: SchemaNode): Share {
  const all = node.count('string');
  return { some: all - (node.string?.empty ?? 0), all };
}

/** Of the numbers, those that are not zero: a fraction below one is none. */
export function nonZero(node: SchemaNode): Share {
  const all = node.count('integer') + node.count('number');
  const small = node.number?.magnitudes.belowOne ?? 0;
  return { some: all - Math.max(0, small - node.count('number')), all };
}
