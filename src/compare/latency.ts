import type { Sketch } from '../profile/sketch.ts';
import {
  type CompareOptions,
  FALSE_ALARMS,
  type FamilyResult,
  INTERVAL_LEVEL,
} from './family-result.ts';
import type { Finding, NotChecked } from './finding.ts';
import { environmentOfRuns, reportEverywhere } from './latency-everywhere.ts';
import { type Latencies, latencyFinding } from './latency-finding.ts';
import { chanceAbove, type Lots, lotsOf, shiftByLots } from './latency-lots.ts';
import { notSpeed, tooFewCalls } from './latency-visible.ts';
import { asOftenModified } from './not-modified.ts';
import type { OperationPair } from './pairs.ts';
import { normalOfT } from './stats/clustered.ts';
import { dispersionOf, type Stretch } from './stats/dispersion.ts';
import { type Environment, PRIOR_SPREAD } from './stats/environment.ts';
import { fisherExactGreater } from './stats/exact.ts';
import { benjaminiHochberg } from './stats/multiple.ts';
import { normalQuantile, normalUpperTail } from './stats/normal.ts';
import { quantileRatioInterval } from './stats/quantile.ts';
import { type Thresholds, USUAL_THRESHOLDS } from './thresholds.ts';
import { waitsForData } from './waiting.ts';
import { type Settled, settle, warmUpFindings } from './warm-up.ts';
import { times } from './words.ts';

/** From such a factor on, what most operations became slower by is told beside a finding. */
const TOLD_BESIDES = 1.1;
/** Three tests of the same latencies go together: the family may err so much oftener than others. */
const LATENCY_FALSE_ALARMS = 2 * FALSE_ALARMS;
/** Below so many calls a side a P95 says nothing. */
const MIN_CALLS = 30;
/** Deviations of what operations move by between runs that the tail may have moved as a whole. */
const TAIL_DEVIATIONS = 2;
/** So many times the baseline's P95 is far. */
const OUTLIER = 2;
/** Standard errors by which latencies must have grown at all. */
const GROWN = 2.5;

interface Sides extends Latencies {
  readonly lots: Lots | undefined;
  readonly slots: { readonly base: readonly Sketch[]; readonly cand: readonly Sketch[] };
}

interface LatencyTest extends Sides {
  readonly pValue: number;
}

const TESTS = [shiftTest, tailTest, outlierTest] as const;

/** The quantiles that are told, the telling one first. */
const QUANTILES = [0.95, 0.5] as const;

/**
 * Latencies per operation, by three tests: whether all of them moved (means of the logarithms, Welch),
 * whether the tail did (share of the calls above the baseline's P95, Fisher), and whether there is one
 * that was not there (the same above twice the P95), all against what everything moved by and what
 * single operations move by between harmless runs. What is told is
 * the quantile that rose, if the rise is worth it.
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
    if (cand.quantile(0.95) < thresholds.latencyIncrease) continue;
    for (const test of TESTS) {
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

/**
 * p-value of 'the latencies did not grow by more than everything did'. Where everything got faster,
 * what waits for a timer or another machine did not: then they must have grown by themselves as well.
 */
function shiftTest({ base, cand, lots }: Sides, environment: Environment): number {
  const { mean, variance, freedom } = shiftByLots(base, cand, lots);
  if (mean < GROWN * Math.sqrt(variance)) return 1;
  const all = variance + environment.spread ** 2 + environment.variance;
  const deviations = (mean - environment.shift) / Math.sqrt(all);
  // Of all that variance only the first part is an estimate (Satterthwaite 1946).
  const sure = freedom * (all / variance) ** 2;
  return normalUpperTail(normalOfT(deviations, sure));
}

/**
 * p-value of 'no larger share of the candidate's calls lies above the baseline's P95'; slow calls in
 * bursts are worth so many fewer, and several about one thing may be one case.
 */
function tailTest(sides: Sides, { shift, spread }: Environment): number {
  const before = sides.base.quantile(0.95);
  return aboveTest(sides, before, before * Math.exp(Math.max(0, shift) + TAIL_DEVIATIONS * spread));
}

/** The same of what took far longer than the baseline's P95: a tail that was not there at all. */
function outlierTest(sides: Sides, { shift }: Environment): number {
  const far = OUTLIER * sides.base.quantile(0.95);
  return aboveTest(sides, far, far * Math.exp(Math.max(0, shift)));
}

function aboveTest({ base, cand, slots, lots }: Sides, before: number, after: number): number {
  const dispersion = Math.max(
    dispersionOf(stretchesAbove(slots.base, before)),
    dispersionOf(stretchesAbove(slots.cand, after)),
  );
  const worth = (count: number) => Math.round(count / dispersion);
  const byCalls = fisherExactGreater(
    worth(cand.countAbove(after)),
    worth(cand.count),
    worth(base.countAbove(before)),
    worth(base.count),
  );
  return Math.max(byCalls, chanceAbove(lots, { base: before, cand: after }));
}

function stretchesAbove(slots: readonly Sketch[], threshold: number): Stretch[] {
  return slots.map((slot) => ({ some: slot.countAbove(threshold), all: slot.count }));
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
  const least = normalQuantile(1 - LATENCY_FALSE_ALARMS / Math.max(1, TESTS.length * pairs.length));
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

/** Calls that a side needs. */
function fewest(minSamples: number): number {
  return Math.max(MIN_CALLS, Math.min(minSamples, 1000));
}

/** The quantile whose rise is worth a finding, if there is one. */
function judge(
  { pair, base, cand }: LatencyTest,
  environment: Environment,
  { latencyIncrease, latencyRatio }: Thresholds,
): Finding | undefined {
  const usual = Math.exp(Math.max(0, environment.shift));
  for (const quantile of QUANTILES) {
    const before = base.quantile(quantile);
    const after = cand.quantile(quantile);
    const ratio = after / (before * usual);
    const { high } = quantileRatioInterval(base, cand, quantile, INTERVAL_LEVEL);
    // It may be that ratio, and is surely not far below.
    if (ratio < leastRatio(latencyRatio) || after - before * usual < latencyIncrease) continue;
    if (high !== null && high / usual < latencyRatio) continue;
    const above = `; ${percentAbove(cand, before)} of the calls now lie above the old P${quantile * 100}.`;
    return latencyFinding({ pair, base, cand }, quantile, above + besides(usual));
  }
  return undefined;
}

/** What was measured may fall short of the ratio that a rise may be, by half of it. */
function leastRatio(latencyRatio: number): number {
  return (1 + latencyRatio) / 2;
}

/** What everything did, where that is much. */
function besides(usual: number): string {
  return usual < TOLD_BESIDES ? '' : ` Most operations became ${times(usual)} slower besides.`;
}

function percentAbove(cand: Sketch, threshold: number): string {
  return `${((100 * cand.countAbove(threshold)) / cand.count).toFixed(0)} %`;
}
