import { type Comparison, compareProfiles } from '../../../src/compare/compare.ts';
import type { Profile } from '../../../src/profile/profile.ts';
import { Profiler } from '../../../src/profile/profiler.ts';
import type { Judgement } from '../../../src/verdict/judgement.ts';
import { judge } from '../../../src/verdict/verdict.ts';
import type { Run } from './simulate.ts';

const MIN_SAMPLES = 20;

/** One side of a pair: the calls, for the yardsticks, and what the product makes of them. */
export interface Side {
  readonly run: Run;
  readonly profile: Profile;
}

export function profiled(run: Run): Side {
  const profiler = new Profiler();
  for (const call of run.calls) profiler.push({ kind: 'call', call });
  return { run, profile: profiler.finish() };
}

/** The gate's answer on a pair, as `compare` gives it by default. */
export function judgePair(
  base: Profile,
  cand: Profile,
): { readonly judgement: Judgement; readonly comparison: Comparison } {
  const comparison = compareProfiles(base, cand, { minSamples: MIN_SAMPLES });
  return { judgement: judge(comparison, base.capture, cand.capture), comparison };
}
