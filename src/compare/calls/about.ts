import type { Doubt } from '../doubt.ts';
import { isForced, type Share, weighSubjects, weightOf } from '../schema/share.ts';
import { ofFew, type Weighed } from '../schema/weight.ts';
import { type Rate, rateShift } from '../stats/call-rate.ts';
import { normalOfT } from '../stats/clustered.ts';
import { normalUpperTail } from '../stats/normal.ts';
import type { CallSubjects } from '../subjects.ts';
import type { CalleePair } from './callee-pair.ts';
import type { ChildView } from './child-view.ts';
import type { Move } from './move.ts';

/** Too many to tell, or all of them. */
const ALL = Number.POSITIVE_INFINITY;

/**
 * That a callee came or went, or is called more or less often, about few things only, where several
 * handled calls are about one: a few customers whose orders need one call more are few cases, however
 * often each was asked for.
 */
export function aboutFew(called: CalleePair, move: Move, minSamples: number): Doubt | undefined {
  const by = weighed(called, move, minSamples);
  return by?.repeated && ofFew(by.weight);
}

/** By what the calls are about; undefined where they count for themselves. */
function weighed(
  { pair: { subjects }, base, cand, baseRate, candRate }: CalleePair,
  move: Move,
  minSamples: number,
): Weighed | undefined {
  const support = { minSamples, scale: { base: 1, cand: 1 } };
  if (!subjects || isForced(support)) return undefined;
  const told = TOLD_BY[move];
  if (!told) return weighedMeans(baseRate, candRate, subjects);
  const [before, after] = [aboutOf(base, told), aboutOf(cand, told)];
  if (before === undefined || after === undefined) return undefined;
  const calls = ({ handled, present }: typeof baseRate): Share => ({
    some: told === 'making' ? present : handled - present,
    all: handled,
  });
  return weighSubjects(
    'decided',
    {
      calls: [calls(baseRate), calls(candRate)],
      subjects: [
        { some: before, all: ALL },
        { some: after, all: ALL },
      ],
    },
    { ...support, subjects },
  );
}

/**
 * By the means, were there one handled call about each thing: as many calls always are the same about
 * all. Where how many differs, as many things as weigh alike.
 */
function weighedMeans(base: Rate, cand: Rate, subjects: CallSubjects): Weighed | undefined {
  const { each, even } = subjects;
  const [before, after] = [
    base.steady ? each.base : even.base,
    cand.steady ? each.cand : even.cand,
  ];
  const once = (rate: Rate, share: number) => ({ ...rate, variance: rate.variance / share });
  const shift = rateShift(once(base, before), once(cand, after));
  const freedom = Math.max(1, base.handled * before + cand.handled * after - 2);
  const weight = weightOf(2 * normalUpperTail(normalOfT(Math.abs(shift), freedom)));
  return weight === 'decided' ? undefined : { weight, repeated: true };
}

/** What tells of a move: the calls that make it where it was never so, those that don't where it always was. */
const TOLD_BY: { readonly [move in Move]?: 'making' | 'not' } = {
  appeared: 'making',
  vanished: 'making',
  'from-always': 'not',
  'to-always': 'not',
};

function aboutOf(view: ChildView | undefined, told: 'making' | 'not'): number | undefined {
  if (!view) return told === 'making' ? 0 : ALL;
  return view.about?.[told].size;
}
