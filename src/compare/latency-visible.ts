import type { Sketch } from '../profile/sketch.ts';
import { INTERVAL_LEVEL } from './family-result.ts';
import type { NotChecked } from './finding.ts';
import type { OperationPair } from './pairs.ts';
import { quantileRatioInterval } from './stats/quantile.ts';
import { times } from './words.ts';

/** Why the latencies of an operation were not judged: the smallest change that could have been seen. */
export function tooFewCalls(pair: OperationPair, base: Sketch, cand: Sketch): NotChecked {
  const fewer = Math.min(base.count, cand.count);
  const { high } = quantileRatioInterval(base, cand, 0.95, INTERVAL_LEVEL);
  const bound = high === null ? 'any P95 change' : `a P95 change under ${times(high)}`;
  return {
    operation: pair.operation,
    family: 'latency',
    reason: `${fewer} calls; ${bound} could not be seen`,
    samples: { baseline: base.count, candidate: cand.count },
  };
}

/** That the latencies of an operation say nothing of its speed. */
export function notSpeed({ operation, base, cand }: OperationPair): NotChecked {
  return {
    operation,
    family: 'latency',
    reason: 'waits until there is something to answer: how long tells of the load, not of speed',
    samples: { baseline: base.count, candidate: cand.count },
  };
}
