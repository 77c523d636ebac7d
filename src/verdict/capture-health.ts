import type { CaptureProblem } from '../calls/observation.ts';
import type { Coverage } from '../compare/coverage.ts';
import type { Finding } from '../compare/finding.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';
import { wholePercent } from '../support/quantity.ts';
import { blindNodes } from './blind-nodes.ts';
import { skewProblems } from './clock-skew.ts';
import { holeProblems, holesOf } from './holes.ts';
import { lostSpans } from './lost-spans.ts';
import { talkProblems } from './opaque-talks.ts';
import { sourceProblems } from './sources.ts';

/** More unreadable records than this share of all make a capture less than whole. */
const BAD_SHARE = 0.01;
/** From this share of the bodies on that nobody could read, schemas count as unjudged. */
const UNREAD_SHARE = 0.1;

/** What keeps a capture by itself from carrying a PASS: what its source reported, and its counts. */
export function captureProblems(stats: CaptureStats): readonly CaptureProblem[] {
  const problems = [...stats.problems];
  const { calls, badRecords } = stats;
  if (calls === 0 && !problems.some(({ code }) => code === 'no-calls')) {
    problems.push({ code: 'no-calls', message: 'it holds no calls' });
  }
  if (badRecords > (calls + badRecords) * BAD_SHARE) {
    problems.push({
      code: 'bad-records',
      message: `${badRecords} of ${calls + badRecords} records could not be read`,
    });
  }
  return [...problems, ...skewProblems(stats)];
}

type Sides<T> = Readonly<Record<'baseline' | 'candidate', T>>;

/**
 * What keeps each of two captures from carrying a PASS, once they are seen side by side: what one
 * shows and the other doesn't tells a fault from what is usual there.
 */
export function healthOf(
  base: CaptureStats,
  cand: CaptureStats,
  { unreadBodies }: Pick<Coverage, 'unreadBodies'>,
  found: readonly Finding[] = [],
): Sides<readonly CaptureProblem[]> {
  const holes = { baseline: holesOf(base), candidate: holesOf(cand) };
  const problems = (
    side: 'baseline' | 'candidate',
    other: 'baseline' | 'candidate',
    stats: Sides<CaptureStats>,
  ) => [
    ...captureProblems(stats[side]),
    ...holeProblems(holes[side], holes[other]),
    ...blindNodes(stats[side], stats[other]),
    ...lostSpans(stats[side], stats[other]),
    ...talkProblems(stats[side], stats[other], found, side === 'candidate'),
    ...bodyProblems(unreadBodies[side]),
    ...unseenProblems(stats[side], stats[other]),
  ];
  const stats = { baseline: base, candidate: cand };
  return {
    baseline: problems('baseline', 'candidate', stats),
    candidate: [...problems('candidate', 'baseline', stats), ...sourceProblems(cand, base)],
  };
}

/** A source that shows no bodies is no fault, unless the other capture is of one that does. */
function unseenProblems(own: CaptureStats, other: CaptureStats): CaptureProblem[] {
  const { unseen } = own.bodies;
  const { whole, binary } = other.bodies;
  if (unseen <= 2 * own.calls * UNREAD_SHARE || whole + binary <= 2 * other.calls * UNREAD_SHARE) {
    return [];
  }
  const message =
    'its source shows no bodies and that of the other capture does, so their schemas could not be ' +
    'judged; capture both from the same kind of source';
  return [{ code: 'bodies-unknown', message }];
}

function bodyProblems(share: number): CaptureProblem[] {
  if (share <= UNREAD_SHARE) return [];
  const message =
    `${wholePercent(share)} of the bodies belong to messages of which too few came whole ` +
    '(cut or redacted), so their schemas could not be judged';
  return [{ code: 'bodies-unknown', message }];
}
