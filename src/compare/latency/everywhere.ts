import type { Finding } from '../finding.ts';
import { ownTime } from '../own-time.ts';
import type { OperationPair } from '../pairs.ts';
import { type Environment, environmentOf } from '../stats/environment.ts';
import { logShift } from '../stats/location.ts';
import { rounded, times } from '../words.ts';

/** Fewer calls a side say too little of what everything did. */
const MIN_CALLS = 30;
/** From such a factor on, what slowed everything is told; from such a factor on it breaks. */
const TOLD = 1.25;
const BREAKS = 2;

/** What moved the time that operations spend themselves, not waiting for those they call. */
export function environmentOfRuns(pairs: readonly OperationPair[]): Environment {
  const shifts = pairs.flatMap(({ base, cand }) => {
    const before = ownTime(base);
    const after = ownTime(cand);
    return Math.min(before.count, after.count) < MIN_CALLS ? [] : [logShift(before, after)];
  });
  return environmentOf(shifts);
}

/** One finding for what slowed everything: seldom a deployment of one service, unless it is much. */
export function reportEverywhere(
  pairs: readonly OperationPair[],
  { shift }: Environment,
): Finding | undefined {
  const factor = Math.exp(shift);
  if (factor < TOLD) return undefined;
  const calls = (side: 'base' | 'cand') => pairs.reduce((sum, pair) => sum + pair[side].count, 0);
  return {
    rule: 'latency.everywhere',
    category: 'performance',
    severity: factor >= BREAKS ? 'breaking' : 'warning',
    operation: 'all operations',
    summary: `Half of the operations became ${times(factor)} slower or more by their own time: the machine, its load, or something that all share. Latencies are judged beyond that factor.`,
    baseline: 1,
    candidate: rounded(factor, 3),
    effect: rounded(factor, 3),
    interval: null,
    samples: { baseline: calls('base'), candidate: calls('cand') },
    evidence: [],
  };
}
