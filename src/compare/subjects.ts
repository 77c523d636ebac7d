import type { MessageProfile } from '../profile/message.ts';
import type { OperationStats } from '../profile/operation-stats.ts';
import type { Subjects } from '../profile/schema/subjects.ts';
import { evenClusters } from './stats/clustered.ts';

/** Of fewer nothing that is true of some of them can be told from chance. */
const LEAST = 8;
/** What one subject, or none, is counted as, is less. */
const ONE = 1.5;
/** Where there are more for each message, the messages are as good as independent. */
const MANY = 0.8;
const ALONE = { base: 1, cand: 1 };

export interface SubjectCounts {
  readonly base: number;
  readonly cand: number;
  /** Subjects a message, of each side. */
  readonly each: { readonly base: number; readonly cand: number };
  /** So few, on a side, that what is true of some says little. */
  readonly few: boolean;
}

/**
 * How many subjects each side's messages were about, where that is what they must be judged by:
 * several messages were about the same one, and those of the candidate are not those of the baseline,
 * of which each would be compared with itself.
 */
export function subjectsOf(base: MessageProfile, cand: MessageProfile): SubjectCounts | undefined {
  const before = base.subjects.size;
  const after = cand.subjects.size;
  const fewest = Math.min(before, after);
  // One is what calls have that say nothing of whom they are about.
  if (Math.max(before, after) < ONE) return undefined;
  if (before > MANY * base.count && after > MANY * cand.count) return undefined;
  if (base.subjects.holds(cand.subjects)) return undefined;
  const each = {
    base: Math.min(1, before / base.count),
    cand: Math.min(1, after / cand.count),
  };
  return { base: before, cand: after, each, few: fewest < LEAST };
}

/**
 * The same of what values were about, where it was little, and something else on either side: what
 * follows from one thing alone says nothing of another, though calls about it stand for themselves.
 */
export function fewOthers(base: Subjects, cand: Subjects): SubjectCounts | undefined {
  const [before, after] = [base.size, cand.size];
  if (before === 0 || after === 0 || Math.max(before, after) >= LEAST) return undefined;
  return base.holds(cand) ? undefined : { base: before, cand: after, each: ALONE, few: true };
}

export interface CallSubjects extends SubjectCounts {
  /** Of subjects that weigh alike so many a call: where most calls are about one, far fewer than there are. */
  readonly even: { readonly base: number; readonly cand: number };
}

function isOfOne({ base, cand }: SubjectCounts): boolean {
  return Math.min(base, cand) < ONE && Math.max(base, cand) < LEAST;
}

/** The same of all calls of an operation, by what its requests are about. */
export function subjectsOfCalls(
  base: OperationStats,
  cand: OperationStats,
): CallSubjects | undefined {
  const subjects = subjectsOf(base.request, cand.request);
  // How calls about others differ, one does not show.
  if (!subjects || isOfOne(subjects)) return undefined;
  const evenly = ({ count, latency }: OperationStats, size: number) =>
    Math.min(
      1,
      evenClusters(
        latency.byLot().map((lot) => lot.count),
        size,
      ) / count,
    );
  return {
    ...subjects,
    even: { base: evenly(base, subjects.base), cand: evenly(cand, subjects.cand) },
  };
}
