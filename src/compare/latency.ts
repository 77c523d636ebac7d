import type { OperationStats } from '../profile/operation-stats.ts';
import { Sketch } from '../profile/sketch.ts';
import {
  type CompareOptions,
  FALSE_DISCOVERY_RATE,
  type FamilyResult,
  INTERVAL_LEVEL,
} from './family-result.ts';
import type { Finding, NotChecked } from './finding.ts';
import type { OperationPair } from './pairs.ts';
import { type Environment, environmentOf } from './stats/environment.ts';
import { fisherExactGreater } from './stats/exact.ts';
import { benjaminiHochberg } from './stats/multiple.ts';
import { quantileRatioInterval } from './stats/quantile.ts';
import { logSpread } from './stats/spread.ts';
import { ms, times } from './words.ts';

/** A change below both floors is not worth a finding, however sure: relative, and absolute (ms). */
const RATIO_FLOOR = 1.2;
const FLOOR_MS = 5;
/** Below so many calls a side a P95 says nothing. */
const MIN_CALLS = 30;
/** Log-deviation of P95 between harmless runs that no single capture shows (0.02–0.2 measured; what one capture shows comes on top). */
const RUN_TO_RUN = 0.08;
/** More noise than this is not believed: it would hide a latency that tripled. */
const MOST_NOISE = 0.4;
/** So many deviations of noise must lie between the two sides. */
const NOISE_DEVIATIONS = 3;

interface LatencyTest {
  readonly pair: OperationPair;
  readonly quantile: 0.5 | 0.95;
  readonly base: Sketch;
  readonly cand: Sketch;
  readonly pValue: number;
}

/** The quantiles that are judged, the telling one first. */
const QUANTILES = [0.95, 0.5] as const;
/** From such a factor on, what slowed everything is told. */
const EVERYWHERE = 1.25;

/**
 * P95 and P50 per operation. The test is on the share of calls above the baseline's quantile, which
 * sees a heavier tail sooner than two quantiles compared; the effect is the ratio of the quantiles,
 * which must also exceed both floors and the noise: what moved inside the two captures, and what
 * moved between them everywhere.
 */
export function compareLatency(
  pairs: readonly OperationPair[],
  { minSamples }: CompareOptions,
): FamilyResult {
  const notChecked: NotChecked[] = [];
  const tests: LatencyTest[] = [];
  for (const pair of pairs) {
    const base = pair.base.latency.total();
    const cand = pair.cand.latency.total();
    if (base.count === 0 || cand.count === 0) continue;
    if (Math.min(base.count, cand.count) < Math.max(MIN_CALLS, Math.min(minSamples, 1000))) {
      notChecked.push(tooFew(pair, base, cand));
      continue;
    }
    for (const quantile of QUANTILES) {
      tests.push({ pair, quantile, base, cand, pValue: shiftTest(base, cand, quantile) });
    }
  }
  const adjusted = benjaminiHochberg(tests.map((test) => test.pValue));
  const environments = new Map(QUANTILES.map((q) => [q, environmentOf(ownTimeRatios(pairs, q))]));
  const slower = tests.filter((test, i) => {
    const environment = environments.get(test.quantile) as Environment;
    return (adjusted[i] as number) <= FALSE_DISCOVERY_RATE && isWorthwhile(test, environment);
  });
  const findings = worstPerOperation(slower).map(report);
  const everywhere = reportEverywhere(pairs, environments.get(0.5) as Environment);
  return { findings: everywhere ? [...findings, everywhere] : findings, notChecked };
}

/** Log-ratios of the time that each operation spent itself, not waiting for those it calls. */
function ownTimeRatios(pairs: readonly OperationPair[], quantile: number): number[] {
  return pairs.flatMap(({ base, cand }) => {
    const before = ownTime(base);
    const after = ownTime(cand);
    if (Math.min(before.count, after.count) < MIN_CALLS) return [];
    const ratio = after.quantile(quantile) / before.quantile(quantile);
    return ratio > 0 && Number.isFinite(ratio) ? [Math.log(ratio)] : [];
  });
}

function ownTime({ fanout }: OperationStats): Sketch {
  const own = new Sketch();
  for (const [, outcome] of fanout.outcomes) own.merge(outcome.selfTime);
  return own;
}

/** One finding for what slowed everything: no deployment of one service does, so it doesn't fail one. */
function reportEverywhere(
  pairs: readonly OperationPair[],
  { shift }: Environment,
): Finding | undefined {
  const factor = Math.exp(shift);
  if (factor < EVERYWHERE) return undefined;
  const calls = (side: 'base' | 'cand') => pairs.reduce((sum, pair) => sum + pair[side].count, 0);
  return {
    rule: 'latency.everywhere',
    category: 'performance',
    severity: 'warning',
    operation: 'all operations',
    summary: `Three of four operations became ${times(factor)} slower or more by their own time: the machine, its load, or something that all share. Latencies are judged beyond that factor.`,
    baseline: 1,
    candidate: Number(factor.toPrecision(3)),
    effect: Number(factor.toPrecision(3)),
    interval: null,
    samples: { baseline: calls('base'), candidate: calls('cand') },
    evidence: [],
  };
}

/** One finding an operation: P95 if it moved, else P50. */
function worstPerOperation(tests: readonly LatencyTest[]): LatencyTest[] {
  const byPair = new Map<OperationPair, LatencyTest>();
  for (const test of tests) if (!byPair.has(test.pair)) byPair.set(test.pair, test);
  return [...byPair.values()];
}

/** p-value of 'no larger share of the candidate's calls lies above the baseline's quantile'. */
function shiftTest(base: Sketch, cand: Sketch, quantile: number): number {
  const threshold = base.quantile(quantile);
  return fisherExactGreater(
    cand.countAbove(threshold),
    cand.count,
    base.countAbove(threshold),
    base.count,
  );
}

function isWorthwhile(
  { pair, quantile, base, cand }: LatencyTest,
  { shift, spread }: Environment,
): boolean {
  const before = base.quantile(quantile) * Math.exp(shift);
  const after = cand.quantile(quantile);
  if (after - before < FLOOR_MS || after < before * RATIO_FLOOR) return false;
  const noise = Math.min(
    MOST_NOISE,
    Math.hypot(
      Math.max(RUN_TO_RUN, spread),
      logSpread(pair.base.latency.bySlot(), quantile),
      logSpread(pair.cand.latency.bySlot(), quantile),
    ),
  );
  return Math.log(after / before) >= NOISE_DEVIATIONS * noise;
}

function report({ pair, quantile, base, cand }: LatencyTest): Finding {
  const before = base.quantile(quantile);
  const after = cand.quantile(quantile);
  const name = `P${quantile * 100}`;
  return {
    rule: quantile === 0.95 ? 'latency.p95-increased' : 'latency.p50-increased',
    category: 'performance',
    severity: 'breaking',
    operation: pair.operation,
    path: name,
    summary: `${name} rose from ${ms(before)} to ${ms(after)} (${times(after / before)}); ${percentAbove(cand, before)} of the calls now lie above the old ${name}.`,
    baseline: Number(before.toPrecision(4)),
    candidate: Number(after.toPrecision(4)),
    effect: Number((after / before).toPrecision(4)),
    interval: rounded(quantileRatioInterval(base, cand, quantile, INTERVAL_LEVEL)),
    samples: { baseline: base.count, candidate: cand.count },
    evidence: pair.cand.slowest.calls.map(([callId, latency]) => ({
      callId,
      side: 'candidate',
      note: ms(latency),
    })),
  };
}

function percentAbove(cand: Sketch, threshold: number): string {
  return `${((100 * cand.countAbove(threshold)) / cand.count).toFixed(0)} %`;
}

function rounded<T extends { low: number | null; high: number | null }>(interval: T): T {
  const round = (x: number | null) => (x === null ? null : Number(x.toPrecision(4)));
  return { ...interval, low: round(interval.low), high: round(interval.high) };
}

function tooFew(pair: OperationPair, base: Sketch, cand: Sketch): NotChecked {
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
