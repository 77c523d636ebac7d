import type { CompareOptions } from './family-result.ts';
import { smallestSlowdown } from './latency/visible.ts';
import type { OperationPair } from './pairs.ts';
import { smallestDecided } from './schema/share.ts';
import { binomialPower } from './stats/binomial.ts';
import { smallestNewStatus } from './statuses/index.ts';
import { USUAL_THRESHOLDS } from './thresholds.ts';
import { rounded } from './words.ts';

/** Chance with which a change of the size that is told is found. */
const POWER = 0.8;

/** The smallest changes of one operation that would be found four times in five. */
export interface Visible {
  /** Factor by which its latencies would have to grow; null: too few were seen to promise any. */
  readonly slowdown: number | null;
  /** Share (0…1) of the calls that would have to fail with a status never seen. */
  readonly newError: number | null;
  /** Share (0…1) of the calls in which what was always there would have to be missing. */
  readonly vanished: number | null;
}

/** What could have been seen of each of the operations that were compared, by the tests that judge it. */
export function measureVisible(
  compared: readonly OperationPair[],
  options: CompareOptions,
): (pair: OperationPair) => Visible {
  const slowdown = smallestSlowdown(compared, options, POWER);
  const newStatus = smallestNewStatus(compared, options.thresholds ?? USUAL_THRESHOLDS);
  return (pair) => {
    const { base, cand } = pair;
    const share = (calls: number | undefined) =>
      calls === undefined ? null : rounded(binomialPower(calls, cand.count, POWER), 3);
    const factor = slowdown(pair);
    return {
      slowdown: factor === undefined ? null : rounded(factor, 3),
      newError: share(newStatus(pair)),
      vanished: share(smallestDecided(base.count, cand.count)),
    };
  };
}
