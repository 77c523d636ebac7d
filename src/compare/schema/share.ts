import type { Sides } from '../sides.ts';
import { fisherExactGreater } from '../stats/exact.ts';
import { smallest } from '../stats/smallest.ts';
import type { SubjectCounts } from '../subjects.ts';
import { orderOf, type Weighed, type Weight } from './weight.ts';

/** So many of so many. */
export interface Share {
  readonly some: number;
  readonly all: number;
}

export type Standing = 'never' | 'sometimes' | 'always';

const DECIDED = 0.0001;
/** The same of a share of subjects, of which there are about so many. */
const DECIDED_OF_SUBJECTS = 0.00001;
const UNDECIDED = 0.001;
const LIKELY = 0.05;
/** A smaller move is rare data in a large population rather than a change of code. */
const FLOOR = 0.01;
/** Below this `--min-samples`, the user wants every difference, whatever its support. */
const FORCED_BELOW = 5;

export interface Support {
  /** Values that each side needs. */
  readonly minSamples: number;
  /**
   * Bodies per value, 0…1 a side: the items of one array are not independent, so they count as one
   * body together.
   */
  readonly scale: Sides<number>;
  /**
   * How many subjects the messages of each side were about, where calls come several about one and
   * what is said of it may be said of it again: the calls are fewer cases than they are calls.
   */
  readonly subjects?: SubjectCounts;
  /** Of a store, whose answers follow its data: what is new in them, or gone, is told, and no shares. */
  readonly isData?: true;
  /** Those of all responses, where they may tell of errors: those that tell of none count as well. */
  readonly bodies?: Sides<number>;
}

export function isForced(support: Support): boolean {
  return support.minSamples < FORCED_BELOW;
}

export function standing({ some, all }: Share): Standing {
  if (some === 0) return 'never';
  return some >= all ? 'always' : 'sometimes';
}

/**
 * Weighs a move between never, sometimes and always with Fisher's exact test, one-sided in the
 * direction of the move. Where the support says so every move is decided.
 */
export function weigh(base: Share, cand: Share, support: Support): Weight {
  return isForced(support) && isMove(base, cand) ? 'decided' : weighMove(base, cand, support);
}

/** The same by evidence alone, whatever the support says. */
export function weighMove(base: Share, cand: Share, support: Support): Weight {
  return isMove(base, cand) ? weighShift(base, cand, support) : 'same';
}

function isMove(base: Share, cand: Share): boolean {
  return base.all > 0 && cand.all > 0 && standing(base) !== standing(cand);
}

const TOO_MANY = Number.POSITIVE_INFINITY;
/** Of few subjects, so many are as good as all. */
const BROAD = 0.75;

/** How a move shows: in calls, and in the subjects that they were about (infinite: too many to tell). */
export interface Shown {
  readonly calls: readonly [base: Share, cand: Share];
  readonly subjects: readonly [base: Share, cand: Share];
  /** It is values that moved, which all of few subjects may have by chance. */
  readonly data?: true;
}

/** Weighs a move that weighs so much by the calls in subjects, where it must be; never heavier. */
export function weighSubjects(byCalls: Weight, shown: Shown, support: Support): Weighed {
  const weight = bySubjects(byCalls, shown, support);
  return orderOf(weight) < orderOf(byCalls) ? { weight, repeated: true } : { weight: byCalls };
}

/** Support where all messages about one subject count as one: for what isn't known by subject. */
export function eachOnce(support: Support): Support {
  const { scale, subjects } = support;
  if (!subjects) return support;
  const { base, cand } = subjects.each;
  return { ...support, scale: { base: scale.base * base, cand: scale.cand * cand } };
}

function bySubjects(byCalls: Weight, shown: Shown, support: Support): Weight {
  const { subjects, minSamples } = support;
  if (!subjects || isForced(support) || orderOf(byCalls) <= orderOf('doubtful')) return byCalls;
  const share = (seen: Share, most: number): Share => {
    const all = Math.max(1, Math.round(Math.min(seen.all, most)));
    // Both were counted alike, and with the same error.
    const some = seen.all > most && seen.all < TOO_MANY ? (seen.some * most) / seen.all : seen.some;
    return { some: Math.min(Math.round(some), all), all };
  };
  const [before, after] = shown.subjects;
  const [base, cand] = [share(before, subjects.base), share(after, subjects.cand)];
  if (subjects.few) {
    const isWhole = shown.calls.every((calls) => standing(calls) !== 'sometimes');
    const isAll = before.all >= BROAD * subjects.base && after.all >= BROAD * subjects.cand;
    if (isWhole && isAll && !shown.data) return byCalls;
    // At times with all of them, it is no trait of some.
    if ([base, cand].some(({ some, all }) => some >= BROAD * all)) return 'undecided';
  }
  const isPartly = [base, cand].some((seen) => standing(seen) === 'sometimes');
  const each = { minSamples, scale: { base: 1, cand: 1 } };
  const weight = weighShift(base, cand, each, isPartly ? DECIDED_OF_SUBJECTS : DECIDED);
  return weight === 'too few' ? 'doubtful' : weight;
}

/** Weighs any difference of two shares, also between two that are 'sometimes'. */
export function weighShift(
  base: Share,
  cand: Share,
  support: Support,
  decided: number = DECIDED,
): Weight {
  const b = scaled(base, support.scale.base);
  const c = scaled(cand, support.scale.cand);
  const rises = c.some * b.all > b.some * c.all;
  const p = rises ? fisherExactGreater(c, b) : fisherExactGreater(b, c);
  const weight = weightOf(p, decided);
  if (weight === 'doubtful')
    return Math.min(b.all, c.all) < support.minSamples ? 'too few' : weight;
  const moved = Math.abs(c.some / c.all - b.some / b.all);
  return moved >= FLOOR ? weight : 'likely';
}

/** What a test says whose p-value, of one of hundreds, is this; it decides up to `decided`. */
export function weightOf(pValue: number, decided: number = DECIDED): Weight {
  if (pValue <= decided) return 'decided';
  if (pValue <= UNDECIDED) return 'undecided';
  return pValue <= LIKELY ? 'likely' : 'doubtful';
}

/**
 * In how many of the candidate's values at least something that was always there must be missing for
 * that to be decided; undefined where no number is.
 */
export function smallestDecided(base: number, cand: number): number | undefined {
  return smallest(cand, (missing) => {
    const p = fisherExactGreater({ some: missing, all: cand }, { some: 0, all: base });
    return p <= DECIDED && missing / cand >= FLOOR;
  });
}

/** From such a share on, what is never there any more was no rare case. */
const USUAL = 1 / 3;

/** How much the loss of what so many had may weigh, whatever its rule says. */
export interface Loss {
  readonly atMost?: 'warning';
  /** Another mix of cases may explain it, so it breaks no more than a mix that stayed allows. */
  readonly ofCases?: true;
}

/** What is lost for good: a rare case may not have been exercised. */
export function lossOf(base: Share): Loss {
  if (standing(base) === 'always') return {};
  return base.some >= USUAL * base.all ? { ofCases: true } : { atMost: 'warning' };
}

/** Keeps 'never' and 'always' what they are. */
function scaled({ some, all }: Share, scale: number): Share {
  const total = Math.max(1, Math.round(all * scale));
  if (some === 0) return { some: 0, all: total };
  if (some >= all) return { some: total, all: total };
  return {
    some: Math.min(Math.max(1, Math.round(some * scale)), Math.max(1, total - 1)),
    all: total,
  };
}
