import { CaptureStats } from '../profile/capture-stats.ts';
import type { Judgement } from './judgement.ts';
import { summarise } from './summary.ts';

/** What becomes of a gate that has nothing to compare with. */
export type MissingBaseline = 'fail' | 'inconclusive' | 'pass';

/** The judgement where there is no baseline: never a PASS, whatever the policy lets through. */
export function judgeWithoutBaseline(why: string, policy: MissingBaseline): Judgement {
  const nothing = summarise(new CaptureStats(), []);
  const reasons = [
    `${why}: nothing was compared`,
    'store one when the system is as it should be: `wireproof baseline` with -o and the same place',
    ...(policy === 'fail' ? ['--missing-baseline fail makes this a FAIL'] : []),
    ...(policy === 'pass' ? ['--missing-baseline pass lets it through all the same'] : []),
  ];
  return {
    schemaVersion: 1,
    verdict: policy === 'fail' ? 'FAIL' : 'INCONCLUSIVE',
    reasons,
    findings: [],
    coverage: {
      comparedShare: 0,
      operations: { baseline: 0, candidate: 0, compared: 0 },
      notCovered: [],
      added: [],
      notChecked: [],
      compared: [],
      unreadBodies: { baseline: 0, candidate: 0 },
    },
    capture: { baseline: nothing, candidate: nothing },
  };
}
