import type { Sketch } from '../../profile/sketch.ts';
import { type CompareOptions, INTERVAL_LEVEL } from '../family-result.ts';
import type { NotChecked } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import { PRIOR_SPREAD } from '../stats/environment.ts';
import { normalQuantile } from '../stats/normal.ts';
import { quantileRatioInterval } from '../stats/quantile.ts';
import { USUAL_THRESHOLDS } from '../thresholds.ts';
import { waitsForData } from '../waiting.ts';
import { times } from '../words.ts';
import { environmentOfRuns } from './everywhere.ts';
import { lotsOf, shiftByLots } from './lots.ts';
import { LATENCY_FALSE_ALARMS, LATENCY_TESTS } from './significance.ts';

/** Below so many calls a side a P95 says nothing. */
const MIN_CALLS = 30;

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

/** Calls that a side needs. */
export function fewest(minSamples: number): number {
  return Math.max(MIN_CALLS, Math.min(minSamples, 1000));
}

/** What was measured may fall short of the ratio that a rise may be, by half of it. */
export function leastRatio(latencyRatio: number): number {
  return (1 + latencyRatio) / 2;
}

/**
 * By which factor all latencies of an operation must grow for that to be found with a probability of
 * `power`, were it the only change; undefined where too few were seen.
 */
export function smallestSlowdown(
  pairs: readonly OperationPair[],
  { minSamples, thresholds = USUAL_THRESHOLDS }: CompareOptions,
  power: number,
): (pair: OperationPair) => number | undefined {
  const { spread, variance } = environmentOfRuns(pairs);
  const least = normalQuantile(
    1 - LATENCY_FALSE_ALARMS / Math.max(1, 2 * LATENCY_TESTS.length * pairs.length),
  );
  return (pair) => {
    if (waitsForData(pair)) return undefined;
    const [before, after] = [pair.base.latency.total(), pair.cand.latency.total()];
    if (Math.min(before.count, after.count) < fewest(minSamples)) return undefined;
    const sampling = shiftByLots(before, after, lotsOf(pair)).variance;
    // What the runs happened to differ by may be less than what runs usually do.
    const error = Math.sqrt(sampling + Math.max(spread, PRIOR_SPREAD) ** 2 + variance);
    const grown = Math.exp(least * error + normalQuantile(power) * Math.sqrt(sampling));
    const { latencyIncrease, latencyRatio } = thresholds;
    const floor = Math.max(leastRatio(latencyRatio), 1 + latencyIncrease / before.quantile(0.95));
    const { low, high, level } = quantileRatioInterval(before, after, 0.95, INTERVAL_LEVEL);
    if (low === null || high === null) return undefined;
    const deviation = Math.log(high / low) / (2 * normalQuantile(0.5 + level / 2));
    return Math.max(grown, floor * Math.exp(normalQuantile(power) * deviation));
  };
}
