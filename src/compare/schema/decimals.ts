import { formatsOf, STRONG_FORMATS } from '../../profile/schema/formats.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import { filled, nonZero } from './emptied.ts';
import { lost, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';
import { lossOf, type Share } from './share.ts';

const DECIMAL = formatsOf('0.5');
const INTEGER = formatsOf('0') & STRONG_FORMATS;
/** So many had a fraction that it was the nature of the value; of fewer, another mix may have none. */
const NATURE = 0.8;
const MIN_VALUES = 20;

/** Decimals, as text or as numbers, that are whole now: money in another unit, or rounded. */
export function wholeNow(nodes: Nodes): Change | undefined {
  return (
    change(nodes, decimals, 'string', 'integer-string') ??
    change(nodes, numbers, 'number', 'integer')
  );
}

function change(
  nodes: Nodes,
  fractions: (node: SchemaNode) => Share,
  type: 'string' | 'number',
  after: string,
): Change | undefined {
  const [was, is] = [fractions(nodes.base), fractions(nodes.cand)];
  const usual = was.some >= NATURE * was.all;
  if (is.all < MIN_VALUES) return undefined;
  // Numbers are whole by chance where they are few sums; text is made by one format.
  if (!usual && (type === 'number' || lossOf(was).atMost)) return undefined;
  const before = type === 'string' ? 'decimal-string' : 'number';
  const found = lost(once(nodes), [was, is], [type, 'integer'], {
    rule: 'schema.format-changed',
    what: `was ${before} and is ${after}`,
  });
  if (found?.weight !== 'decided') return undefined;
  return {
    ...found,
    ...(!usual && { atMost: 'warning' }),
    before,
    after,
    baseExamples: nodes.base.examples([type]),
  };
}

/** Of decimals as text, those with a fraction. */
function decimals(node: SchemaNode): Share {
  const text = node.string;
  if (!text || text.sample.size === 0 || (text.formats & DECIMAL) === 0) return { some: 0, all: 0 };
  const { some: all } = filled(node);
  const whole = text.sample.having(INTEGER) / text.sample.size;
  return { some: Math.round(all * (1 - whole)), all };
}

/** Of the numbers that are not zero, which any may be at times, those with a fraction. */
function numbers(node: SchemaNode): Share {
  return { some: node.count('number'), all: nonZero(node).some };
}
