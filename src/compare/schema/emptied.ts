import type { SchemaNode } from '../../profile/schema/node.ts';
import type { Objects } from './fields.ts';
import { mapValues } from './maps.ts';
import type { Change } from './report.ts';
import { eachOnce, lossOf, type Share, type Support, standing, weigh } from './share.ts';

/** Of so many no case of few is lost. */
const MANY = 1 / 3;
/** Of fewer things it is not known how many of the maps were filled. */
const FEW = 8;

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

/** Arrays of which many were longer than any is now, by a power of two; lengths are data, so it is told only. */
export function arrayShortened(
  base: SchemaNode,
  cand: SchemaNode,
  pointer: string,
  support: Support,
): Change | undefined {
  const longest = cand.array?.longest ?? 0;
  const length = 2 ** Math.ceil(Math.log2(longest + 1));
  const was: Share = { some: base.array?.lengths.atLeast(length) ?? 0, all: base.count('array') };
  const is: Share = { some: 0, all: cand.count('array') };
  if (longest === 0 || was.some < MANY * was.all) return undefined;
  if (weigh(was, is, eachOnce(support)) !== 'decided') return undefined;
  return {
    rule: 'schema.array-emptied',
    pointer: `${pointer}/*`,
    what: `never has ${length} items or more any more`,
    base: was,
    cand: is,
    weight: 'decided',
    atMost: 'warning',
    baseExamples: base.examples(['array']),
    candExamples: cand.examples(['array']),
  };
}

/** Objects of several fields, or maps, that have none any more. */
export function objectEmptied(
  base: Objects,
  cand: Objects,
  pointer: string,
  support: Support,
): Change | undefined {
  const { node, facts } = base;
  const all = { base: node.count('object'), cand: cand.node.count('object') };
  const isBare = cand.facts.patterns.size === 0 && cand.facts.shapes.bare === all.cand;
  if (!isBare || cand.facts.mapped) return undefined;
  const map = facts.mapped || facts.patterns.size > 0;
  if (!map && facts.properties.size < 2) return undefined;
  const known = node.about(['object']).size;
  const some = map ? filledMaps(base, known) : all.base - facts.shapes.bare;
  const was: Share = { some, all: all.base };
  const is: Share = { some: 0, all: all.cand };
  return {
    rule: 'schema.field-removed',
    pointer: `${pointer}/*`,
    what: 'has no fields any more',
    base: was,
    cand: is,
    weight: weigh(was, is, eachOnce(support)),
    ...(map && known < FEW ? { atMost: 'warning' as const } : lossOf(was)),
    baseExamples: node.examples(['object']),
    candExamples: cand.node.examples(['object']),
  };
}

/**
 * Of maps, about how many were filled: that is not kept, only what those were about, of `known` that all
 * were about; infinite where they are too many to tell.
 */
function filledMaps(maps: Objects, known: number): number {
  const all = maps.node.count('object');
  const filled = mapValues(maps, true).about().size;
  const some = Number.isFinite(known) ? (all * filled) / known : filled;
  return Math.round(Math.min(all, some));
}

/** Text that said something and is always empty now; numbers that never were zero and always are. */
export function valueEmptied(
  base: SchemaNode,
  cand: SchemaNode,
  pointer: string,
  support: Support,
): Change | undefined {
  return (
    emptied(filled(base), filled(cand), 'is always empty now') ??
    emptied(nonZero(base), nonZero(cand), 'is always 0 now') ??
    defaulted()
  );

  function defaulted(): Change | undefined {
    const nulls: Share = { some: base.count('null'), all: base.total };
    const none: Share = { some: 0, all: cand.total };
    const blank: Share = { some: blanks(cand), all: cand.total };
    if (nulls.some === 0 || cand.count('null') > 0 || blanks(base) > 0) return undefined;
    const once = eachOnce(support);
    if (weigh(nulls, none, once) !== 'decided') return undefined;
    const weight = weigh({ some: 0, all: base.total }, blank, once);
    if (weight !== 'decided') return undefined;
    return {
      rule: 'schema.value-emptied',
      pointer,
      what: 'is 0 or empty where it was null',
      base: { some: 0, all: base.total },
      cand: blank,
      weight,
      baseExamples: base.examples(['null']),
      candExamples: cand.examples(['string', 'integer']),
    };
  }

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
