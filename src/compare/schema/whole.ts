import { formatsOf, STRONG_FORMATS } from '../../profile/schema/formats.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import { filled, nonZero } from './emptied.ts';
import type { Change } from './report.ts';
import { eachOnce, lossOf, type Share, type Support, weigh } from './share.ts';

const DECIMAL = formatsOf('0.5');
const INTEGER = formatsOf('0') & STRONG_FORMATS;
/** So many had a fraction that it was the nature of the value; of fewer, another mix may have none. */
const NATURE = 0.8;
const MIN_VALUES = 20;

/** Decimals, as text or as numbers, that are whole now: money in another unit, or rounded. */
export function wholeNow(
  base: SchemaNode,
  cand: SchemaNode,
  pointer: string,
  support: Support,
): Change | undefined {
  return (
    change(decimals(base), decimals(cand), 'string', 'integer-string') ??
    change(numbers(base), numbers(cand), 'number', 'integer')
  );

  function change(was: Share, is: Share, type: 'string' | 'number', now: string) {
    const usual = was.some >= NATURE * was.all;
    if (was.some === 0 || is.some > 0 || is.all < MIN_VALUES) return undefined;
    // Numbers are whole by chance where they are few sums; text is made by one format.
    if (!usual && (type === 'number' || lossOf(was).atMost)) return undefined;
    if (weigh(was, is, eachOnce(support)) !== 'decided') return undefined;
    const before = type === 'string' ? 'decimal-string' : 'number';
    return {
      rule: 'schema.format-changed' as const,
      pointer,
      what: `was ${before} and is ${now}`,
      base: was,
      cand: is,
      weight: 'decided' as const,
      ...(!usual && { atMost: 'warning' as const }),
      before,
      after: now,
      baseExamples: base.examples([type]),
      candExamples: cand.examples([type, 'integer']),
    };
  }
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
