import type { SchemaNode } from '../../profile/schema/node.ts';
import { moved, type Nodes, once } from './lost.ts';
import { inClear } from './masks.ts';
import type { Change } from './report.ts';
import { type Share, standing } from './share.ts';

/** With so many different ids, it is no chance that answers repeat what was asked for. */
const LEAST = 4;

/**
 * Whether answers always held the id which the request named (an invariant of two places, as Ernst et
 * al. 2001 infer them from runs).
 */
export function alwaysRepeated({ base }: Pick<Nodes, 'base'>): boolean {
  return standing(repeated(base)) === 'always' && (base.echoes?.subjects.size ?? 0) >= LEAST;
}

/** Of an id that was repeated: it is another at times or always. */
export function idMismatched(nodes: Nodes): Change | undefined {
  const { base, cand } = nodes;
  const [was, is] = [repeated(base), repeated(cand)];
  if (is.all === 0 || standing(is) === 'always') return undefined;
  const what =
    standing(is) === 'never'
      ? 'is never what the request asked for any more'
      : 'is another at times than what the request asked for';
  const change = moved(once(nodes), [was, is], ['string', 'integer'], {
    rule: 'schema.id-mismatched',
    what,
  });
  const others = change.candExamples.filter((id) => !cand.echoes?.ids.includes(id));
  return others.length > 0 ? { ...change, candExamples: others } : change;
}

/** Of the texts and whole numbers in clear, those that are what the request asked for. */
function repeated(node: SchemaNode): Share {
  return { some: node.echoes?.count ?? 0, all: node.count('integer') + inClear(node).some };
}
