import type { Sketch } from '../../profile/sketch.ts';
import { type CompareOptions, type FamilyResult, INTERVAL_LEVEL } from '../family-result.ts';
import type { Finding, NotChecked } from '../finding.ts';
import { asOftenModified } from '../not-modified.ts';
import type { OperationPair } from '../pairs.ts';
import type { Environment } from '../stats/environment.ts';
import { benjaminiHochberg } from '../stats/multiple.ts';
import { quantileRatioInterval } from '../stats/quantile.ts';
import { type Thresholds, USUAL_THRESHOLDS } from '../thresholds.ts';
import { waitsForData } from '../waiting.ts';
import { times } from '../words.ts';
import { environmentOfRuns, reportEverywhere } from './everywhere.ts';
import { type Latencies, latencyFinding } from './finding.ts';
import { lotsOf } from './lots.ts';
import { LATENCY_FALSE_ALARMS, LATENCY_TESTS, outlierTest, type Timed } from './significance.ts';
import { fewest, leastRatio, notSpeed, tooFewCalls } from './visible.ts';
import { type Settled, settle, warmUpFindings } from './warm-up.ts';

/** From such a factor on, what most operations became slower by is told beside a finding. */
const TOLD_BESIDES = 1.1;

interface LatencyTest extends Timed {
  readonly pValue: number;
}

/** The quantiles that are judged, the telling one first. */
const JUDGED = [0.95, 0.5] as const;
/** What fewer calls suffer shows here; of some hundred calls it is two or three. */
const TAIL = 0.99;

/**
 * Latencies per operation, by three tests: whether all of them moved (means of the logarithms, Welch),
 * whether the tail did (share of the calls above the baseline's P95, Fisher), and whether there is one
 * that was not there (the same above twice the P95), all against what everything moved by and what
 * single operations move by between harmless runs. What is told is the quantile that rose, if the rise
 * is worth it; where that is P99 alone, it is a warning.
 */
export function compareLatency(
  all: readonly OperationPair[],
  { minSamples, thresholds = USUAL_THRESHOLDS }: CompareOptions,
): FamilyResult {
  const pairs = all.filter((pair) => !waitsForData(pair));
  const environment = environmentOfRuns(pairs);
  const notChecked: NotChecked[] = all.filter(waitsForData).map(notSpeed);
  const tests: LatencyTest[] = [];
  const warmUps: Finding[] = [];
  for (const pair of pairs) {
    const [before, after] = [pair.base, pair.cand].map(({ latency }) =>
      settle(latency.bySlot()),
    ) as [Settled, Settled];
    const sides = {
      pair,
      base: asOftenModified(pair, before.total),
      cand: after.total,
      lots: lotsOf(pair),
      slots: { base: before.slots, cand: after.slots },
    };
    const { base, cand } = sides;
    if (base.count === 0 || cand.count === 0) continue;
    if (Math.min(base.count, cand.count) < fewest(minSamples)) {
      notChecked.push(tooFewCalls(pair, base, cand));
      continue;
    }
    warmUps.push(...warmUpFindings(pair, before, after));
    for (const test of testsOf(cand, thresholds)) {
      tests.push({ ...sides, pValue: test(sides, environment) });
    }
  }
  const adjusted = benjaminiHochberg(tests.map((test) => test.pValue));
  const told = new Set<OperationPair>();
  const findings = tests.flatMap((test, i): Finding[] => {
    if ((adjusted[i] as number) > LATENCY_FALSE_ALARMS || told.has(test.pair)) return [];
    const finding = judge(test, environment, thresholds);
    if (!finding) return [];
    told.add(test.pair);
    return [finding];
  });
  const everywhere = reportEverywhere(pairs, environment);
  return { findings: [...findings, ...warmUps, ...(everywhere ? [everywhere] : [])], notChecked };
}

/** What may be worth a finding is tested; what shows in the tail alone, for a new tail alone. */
function testsOf(cand: Sketch, { latencyIncrease }: Thresholds): readonly (typeof outlierTest)[] {
  if (cand.quantile(0.95) >= latencyIncrease) return LATENCY_TESTS;
  return cand.quantile(TAIL) >= latencyIncrease ? [outlierTest] : [];
}

/** The quantile whose rise is worth a finding, if there is one. */
function judge(
  { pair, base, cand }: LatencyTest,
  environment: Environment,
  thresholds: Thresholds,
): Finding | undefined {
  const { latencyIncrease, latencyRatio } = thresholds;
  const usual = Math.exp(Math.max(0, environment.shift));
  for (const quantile of JUDGED) {
    const before = base.quantile(quantile);
    const after = cand.quantile(quantile);
    const ratio = after / (before * usual);
    const { low, high } = quantileRatioInterval(base, cand, quantile, INTERVAL_LEVEL);
    // Few calls leave a quantile uncertain: a rise as large as asked must be possible, and likely.
    if (ratio < leastRatio(latencyRatio) || after - before * usual < latencyIncrease) continue;
    if (high !== null && high / usual < latencyRatio) continue;
    // The tests say that latencies rose, not which quantile: of a smaller rise its own interval must.
    if (ratio < latencyRatio && (low === null || low <= usual)) continue;
    const above = `; ${percentAbove(cand, before)} of the calls now lie above the old P${quantile * 100}.`;
    return latencyFinding({ pair, base, cand }, quantile, above + besides(usual));
  }
  return tail({ pair, base, cand }, usual, thresholds);
}

/** What only a few calls in a hundred suffer, where that is sure. */
function tail(
  sides: Latencies,
  usual: number,
  { latencyIncrease, latencyRatio }: Thresholds,
): Finding | undefined {
  const { base, cand } = sides;
  const rise = cand.quantile(TAIL) - base.quantile(TAIL) * usual;
  const { low } = quantileRatioInterval(base, cand, TAIL, INTERVAL_LEVEL);
  if (low === null || low / usual < latencyRatio || rise < latencyIncrease) return undefined;
  return { ...latencyFinding(sides, TAIL, `.${besides(usual)}`), severity: 'warning' };
}

/** What everything did, where that is much. */
function besides(usual: number): string {
  return usual < TOLD_BESIDES ? '' : ` Most operations became ${times(usual)} slower besides.`;
}

function percentAbove(cand: Sketch, threshold: number): string {
  return `${((100 * cand.countAbove(threshold)) / cand.count).toFixed(0)} %`;
}
