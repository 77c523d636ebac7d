import type { Sketch } from '../../profile/sketch.ts';
import { INTERVAL_LEVEL } from '../family-result.ts';
import type { Finding, Interval } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import type { RuleId } from '../rules.ts';
import { quantileRatioInterval } from '../stats/quantile.ts';
import { ms, rounded, times } from '../words.ts';

/** The quantiles of which a rise is told. */
export type Quantile = 0.5 | 0.95 | 0.99;

const RULES = {
  0.5: 'latency.p50-increased',
  0.95: 'latency.p95-increased',
  0.99: 'latency.p99-increased',
} as const satisfies Record<Quantile, RuleId>;

const BY_RULE: ReadonlyMap<RuleId, Quantile> = new Map(
  ([0.5, 0.95, 0.99] as const).map((quantile) => [RULES[quantile], quantile]),
);

/** The quantile of the latencies, in ms, that a rule speaks of, and of nothing else. */
export function quantileOf(rule: RuleId): Quantile | undefined {
  return BY_RULE.get(rule);
}

export function isQuantile(rule: RuleId): boolean {
  return BY_RULE.has(rule);
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
  quantile: Quantile,
  more: string,
): Finding {
  const [before, after] = [base.quantile(quantile), cand.quantile(quantile)];
  const name = `P${quantile * 100}`;
  return {
    rule: RULES[quantile],
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
