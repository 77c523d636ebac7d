import { compareProfiles } from '../../src/compare/compare.ts';
import { showable } from '../../src/compare/view/showable.ts';
import { profileCapture } from '../../src/profile/profiler.ts';
import { readNdjson } from '../../src/sources/ndjson.ts';
import type { Judgement } from '../../src/verdict/judgement.ts';
import { judge } from '../../src/verdict/verdict.ts';
import { generateNdjson, type RecordOptions } from './records.ts';
import type { Regression } from './shop.ts';
import { withFile } from './with-file.ts';

export const ALL_REGRESSIONS: readonly Regression[] = [
  'field-removed',
  'new-500',
  'slower',
  'three-queries',
  'missing-call',
  'extra-call',
];

const profileOf = (options: RecordOptions) =>
  withFile('calls.ndjson', generateNdjson(options), (path) => profileCapture(readNdjson(path)));

/** The shop before and after a rollout with these regressions, judged as the commands judge it. */
export async function shopJudgement(
  regressions: readonly Regression[] = ALL_REGRESSIONS,
  requests = 300,
): Promise<Judgement> {
  const base = await profileOf({ seed: 1, requests });
  const cand = await profileOf({ seed: 2, requests, rollout: 1, regressions });
  const comparison = showable(compareProfiles(base, cand, { minSamples: 20 }));
  return judge(comparison, base.capture, cand.capture);
}
