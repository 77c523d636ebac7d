import type { SchemaNode } from '../../profile/schema/node.ts';
import type { Change } from './report.ts';
import { lossOf, type Share, type Support, standing, weigh } from './share.ts';

/** Arrays whose items came or went for good. */
export function arrayFilling(
  base: SchemaNode,
  cand: SchemaNode,
  pointer: string,
  support: Support,
): Change | undefined {
  const filled = (node: SchemaNode): Share => {
    const all = node.count('array');
    return { some: all - (node.array?.empty ?? all), all };
  };
  const [was, is] = [filled(base), filled(cand)];
  if (was.some > 0 && is.some > 0) return undefined;
  const emptied = is.some === 0;
  return {
    rule: emptied ? 'schema.array-emptied' : 'schema.array-filled',
    pointer: `${pointer}/*`,
    what: emptied ? 'has no items any more' : 'has items now',
    base: was,
    cand: is,
    weight: weigh(was, is, support),
    ...(emptied && lossOf(was)),
    baseExamples: base.examples(['array']),
    candExamples: cand.examples(['array']),
  };
}

/** Text that said something and is always empty now; numbers that never were zero and always are. */
export function valueEmptied(
  base: SchemaNode,
  cand: SchemaNode,
  pointer: string,
  support: Support,
): Change | undefined {
  return (
    emptied(texts(base), texts(cand), 'is always empty now') ??
    emptied(nonZero(base), nonZero(cand), 'is always 0 now')
  );

  function emptied(was: Share, is: Share, what: string): Change | undefined {
    if (was.some === 0 || is.all === 0 || is.some > 0) return undefined;
    return {
      rule: 'schema.value-emptied',
      pointer,
      what,
      base: was,
      cand: is,
      weight: weigh(was, is, support),
      // Many counts are zero at times, whatever the code does.
      ...(standing(was) !== 'always' && { atMost: 'warning' as const }),
      baseExamples: base.examples(['string', 'integer', 'number']),
      candExamples: cand.examples(['string', 'integer']),
    };
  }
}

/** Of the strings, those that are not empty. */
function texts(node: SchemaNode): Share {
  const all = node.count('string');
  return { some: all - (node.string?.empty ?? 0), all };
}

/** Of the numbers, those that are not zero: a fraction below one is none. */
export function nonZero(node: SchemaNode): Share {
  const all = node.count('integer') + node.count('number');
  const small = node.number?.magnitudes.belowOne ?? 0;
  return { some: all - Math.max(0, small - node.count('number')), all };
}
