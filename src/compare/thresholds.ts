/** From which size on a difference is worth a finding: what a user may set, with what is usual. */
export interface Thresholds {
  /** ms by which a quantile of the latencies must have risen. */
  readonly latencyIncrease: number;
  /** Ratio that such a rise may be at least. */
  readonly latencyRatio: number;
  /** Share (0…1) of the calls by which an error status must have risen. */
  readonly errorIncrease: number;
  /** Share (0…1) of the calls from which on an error status never seen before breaks by its number. */
  readonly newErrorShare: number;
}

export const USUAL_THRESHOLDS: Thresholds = {
  latencyIncrease: 5,
  latencyRatio: 1.2,
  errorIncrease: 0.01,
  newErrorShare: 0.01,
};

/** Of two, each time the one that finds more. */
export function stricterThresholds(a: Thresholds, b: Thresholds): Thresholds {
  return {
    latencyIncrease: Math.min(a.latencyIncrease, b.latencyIncrease),
    latencyRatio: Math.min(a.latencyRatio, b.latencyRatio),
    errorIncrease: Math.min(a.errorIncrease, b.errorIncrease),
    newErrorShare: Math.min(a.newErrorShare, b.newErrorShare),
  };
}
