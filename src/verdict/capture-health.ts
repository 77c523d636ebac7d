import type { CaptureProblem } from '../calls/observation.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';

/** More unreadable records than this share of all make a capture less than whole. */
const BAD_SHARE = 0.01;
/** More bodies than this share of all that are cut or redacted leave the schemas unjudged. */
const UNKNOWN_BODY_SHARE = 0.5;

/** What keeps a capture from carrying a PASS: what its source reported, and what its counts say. */
export function captureProblems(stats: CaptureStats): readonly CaptureProblem[] {
  const problems = [...stats.problems];
  const { calls, badRecords, bodies } = stats;
  if (calls === 0 && !problems.some(({ code }) => code === 'no-calls')) {
    problems.push({ code: 'no-calls', message: 'it holds no calls' });
  }
  if (badRecords > (calls + badRecords) * BAD_SHARE) {
    problems.push({
      code: 'bad-records',
      message: `${badRecords} of ${calls + badRecords} records could not be read`,
    });
  }
  const unknown = bodies.cut + bodies.redacted;
  const all = unknown + bodies.whole + bodies.binary;
  if (unknown > all * UNKNOWN_BODY_SHARE) {
    problems.push({
      code: 'bodies-unknown',
      message: `${unknown} of ${all} bodies are cut or redacted, so schemas could not be judged`,
    });
  }
  return problems;
}
