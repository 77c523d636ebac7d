import { together } from '../../profile/schema/subjects.ts';
import { fewOthers, type SubjectCounts } from '../subjects.ts';
import type { ChildView } from './child-view.ts';
import type { OutcomePair } from './pair.ts';

/** Of fewer handled calls it matters that each side's are about other things. */
const FEW_CALLS = 20;

/** Handled calls, or what they were about, that show by themselves what is called for them. */
export interface Cases {
  /** On the baseline. */
  readonly count: number;
  /** Of the candidate, those that have a callee. */
  readonly share: number;
}

/** How likely none of the baseline's cases has a callee, were their share the candidate's. */
export function unseenByChance({ count, share }: Cases): number {
  return (1 - share) ** count;
}

/**
 * What the handled calls were about, as cases, where that is less than they say; undefined where each
 * call counts for itself.
 */
export function casesAbout(
  { base, cand, subjects }: OutcomePair,
  child: ChildView,
  share: number,
): Cases | undefined {
  if (subjects) return { count: base.handled * subjects.even.base, share };
  if (child.stats.outside > 0 || Math.max(base.handled, cand.handled) >= FEW_CALLS)
    return undefined;
  const things = otherThings(base, child);
  // Each thing may have it always or never: that few have it does not say that others do, so many of one
  // more, as by the rule of succession.
  return things && { count: things.base, share: (share * things.cand) / (things.cand + 1) };
}

/** What each side's handled calls were about, where that is little and not the same. */
function otherThings(
  { fanout }: OutcomePair['base'],
  { about }: ChildView,
): SubjectCounts | undefined {
  const before = fanout.multisets.about();
  return about && before
    ? fewOthers(together(before.values()), together([about.making, about.not]))
    : undefined;
}
