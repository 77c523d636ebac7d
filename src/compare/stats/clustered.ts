import { sum } from '../../support/numbers.ts';
import type { Location } from './location.ts';

/** Values of one cluster on one side: how many, and their sum. */
export interface Cluster {
  readonly count: number;
  readonly sum: number;
}

/** A difference of means whose variance is itself an estimate, worth so many degrees of freedom. */
export interface Estimate extends Location {
  readonly freedom: number;
}

/**
 * Difference of two means, candidate less baseline, where values of one cluster go together, within a
 * side and across both: cluster-robust variance (Liang & Zeger 1986, corrected for few clusters).
 * Clusters are matched by their place, so what is peculiar to one that both sides have is no
 * difference. Its degrees of freedom are those of clusters of equal size (Kish's effective number).
 * Undefined where clusters can't tell.
 */
export function clusteredShift(
  base: readonly Cluster[],
  cand: readonly Cluster[],
): Estimate | undefined {
  const [before, after] = [sideOf(base), sideOf(cand)];
  if (before.count === 0 || after.count === 0) return undefined;
  let [squares, clusters] = [0, 0];
  for (const [i, { count }] of base.entries()) {
    if (count + (cand[i]?.count ?? 0) === 0) continue;
    clusters++;
    squares += ((after.pulls[i] ?? 0) - (before.pulls[i] ?? 0)) ** 2;
  }
  const freedom = Math.min(clusters - 1, before.effective + after.effective - 2);
  if (freedom < 1) return undefined;
  const variance = (clusters / (clusters - 1)) * squares;
  return { mean: after.mean - before.mean, variance, freedom };
}

/** A side's mean, how much each cluster pulls at it, and how many of equal size they are worth. */
function sideOf(side: readonly Cluster[]) {
  const count = sum(side, (one) => one.count);
  const mean = sum(side, (one) => one.sum) / count;
  return {
    count,
    mean,
    pulls: side.map((one) => (one.sum - one.count * mean) / count),
    effective: count ** 2 / sum(side, (one) => one.count ** 2),
  };
}

/**
 * How many clusters of equal size weigh as much as these (Kish's effective number), which a hash put
 * into lots of so many values: the squares of the lots' sizes less what chance puts together. At most
 * as many as there are.
 */
export function evenClusters(lots: readonly number[], clusters: number): number {
  const values = sum(lots);
  if (values === 0) return clusters;
  const squares = sum(lots, (count) => (count / values) ** 2);
  const together = 1 / lots.length;
  const inverse = (squares - together) / (1 - together);
  return inverse * clusters > 1 ? 1 / inverse : clusters;
}

/** The standard normal deviate as far out as `t` is with so many degrees of freedom (Wallace 1959). */
export function normalOfT(t: number, freedom: number): number {
  if (freedom === Number.POSITIVE_INFINITY) return t;
  const far = Math.sqrt(freedom * Math.log1p(t ** 2 / freedom));
  return Math.sign(t) * far * ((8 * freedom + 1) / (8 * freedom + 3));
}
