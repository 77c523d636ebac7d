import type { TextSample } from '../../profile/schema/text-sample.ts';
import { TRAITS } from '../../profile/schema/traits.ts';
import { isJudged, sampledSupport } from './formats.ts';
import { moved, type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';
import { type Share, standing } from './share.ts';

/** What is said of a trait that all texts had and most lack, and of one that none had and all have. */
const WRITTEN: readonly (readonly [trait: number, gone: string, come: string])[] = [
  [TRAITS.fraction, 'had fractions of a second and has none', 'has fractions of a second now'],
  [
    TRAITS.milliseconds,
    'had fractions of a second in milliseconds and has them otherwise',
    'has fractions of a second in milliseconds now',
  ],
  [
    TRAITS.prefix,
    'began with a word before the id and begins with none',
    'begins with a word before the id now',
  ],
  [TRAITS.smallLetters, 'had small letters and has none', 'has small letters now'],
  [TRAITS.capitals, 'had capital letters and has none', 'has capital letters now'],
];
/** From such a share on, what all had is not lost: by chance some data lacks it. */
const MOST = 0.5;
/** Of fewer different texts it is their value: a time of the loading of all may end in zeros. */
const LEAST = 8;

/**
 * Texts that are written another way: readers compare ids as they are written, and some parse times of
 * one precision alone.
 */
export function writtenOtherwise(nodes: Nodes): Change | undefined {
  const { base, cand } = nodes;
  const [before, after] = [base.string?.sample, cand.string?.sample];
  if (!before || !after || !isJudged(nodes)) return undefined;
  if (Math.min(before.distinct, after.distinct) < LEAST) return undefined;
  for (const [trait, gone, come] of WRITTEN) {
    const [was, is] = [written(before, trait), written(after, trait)];
    if (!was || !is) return undefined;
    const what = isLost(was, is) ? gone : isNew(was, is) ? come : undefined;
    const change = what !== undefined && told(nodes, [was, is], what);
    if (change && change.weight === 'decided') return change;
  }
  return undefined;
}

function told(nodes: Nodes, shares: readonly [Share, Share], what: string): Change {
  const support = sampledSupport(once(nodes));
  const rule = 'schema.format-changed';
  return {
    ...moved({ ...nodes, support }, shares, ['string'], { rule, what }),
    atMost: 'warning',
  };
}

/** Of sampled texts, those written so; undefined where there are none, or nobody looked. */
export function written(sample: TextSample, trait: number): Share | undefined {
  const { size } = sample;
  const isExamined = sample.writtenWith(TRAITS.examined) === size;
  return isExamined ? { some: sample.writtenWith(trait), all: size } : undefined;
}

function isNew(was: Share, is: Share): boolean {
  return standing(was) === 'never' && standing(is) === 'always';
}

function isLost(was: Share, is: Share): boolean {
  return standing(was) === 'always' && is.some <= MOST * is.all;
}
