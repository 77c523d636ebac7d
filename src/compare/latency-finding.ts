import type { Sketch } from '../profile/sketch.ts';
import { INTERVAL_LEVEL } from './family-result.ts';
import type { Finding, Interval } from './finding.ts';
import type { OperationPair } from './pairs.ts';
import type { RuleId } from './rules.ts';
import { quantileRatioInterval } from './stats/quantile.ts';
import { ms, rounded, times } from './words.ts';

/** Whether a rule speaks of a quantile of the latencies, in ms, and of nothing else. */
export function isQuantile(rule: RuleId): boolean {
  return rule === 'latency.p95-increased' || rule === 'latency.p50-increased';
}

/** The latencies of an operation that are compared. */
export interface Latencies {
  readonly pair: OperationPair;
  readonly base: Sketch;
  readonly cand: Sketch;
}

/** The finding that a quantile of an operation's latencies rose; `more` follows what it says of that. */
export function latencyFinding(
  { pair, base, cand }: Latencies,
  quantile: 0.5 | 0.95,
  more: string,
): Finding {
  const [before, after] = [base.quantile(quantile), cand.quantile(quantile)];
  const name = `P${quantile * 100}`;
  return {
    rule: quantile === 0.95 ? 'latency.p95-increased' : 'latency.p50-increased',
    category: 'performance',
    severity: 'breaking',
    operation: pair.operation,
    path: name,
    summary: `${name} rose from ${ms(before)} to ${ms(after)} (${times(after / before)})${more}`,
    baseline: rounded(before),
    candidate: rounded(after),
    effect: rounded(after / before),
    interval: roundedInterval(quantileRatioInterval(base, cand, quantile, INTERVAL_LEVEL)),
    samples: { baseline: base.count, candidate: cand.count },
    evidence: pair.cand.slowest.calls.map(([callId, latency]) => ({
      callId,
      side: 'candidate',
      note: ms(latency),
    })),
  };
}

function roundedInterval({ low, high, level }: Interval): Interval {
  return {
    low: low === null ? null : rounded(low),
    high: high === null ? null : rounded(high),
    level,
  };
}
