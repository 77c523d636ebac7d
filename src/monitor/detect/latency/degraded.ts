import { betaBinomialTail } from '../../../compare/stats/beta-binomial.ts';
import { normalUpperTail } from '../../../compare/stats/normal.ts';
import { quantileInterval } from '../../../compare/stats/quantile.ts';
import { count, ms, times } from '../../../compare/words.ts';
import type { Situation } from '../../detector.ts';
import type { OperationMeasure } from '../../measure/operation-measure.ts';
import type { Signal } from '../../signal.ts';
import { operationKfl } from '../operation-kfl.ts';
import type { LatencyBaseline } from './baseline.ts';
import { type LatencyMemory, slownessOf } from './memory.ts';
import { DEGRADED } from './rules.ts';

/** Cells that are looked at together: a slot, 15 and 30 minutes. */
const WINDOWS = [1, 3, 6] as const;
/** Of the tail in three windows, of the mean in two. */
const TESTS = 5;
const CHANCE = 1e-6;
const ONGOING_CHANCE = 1e-3;
const LEAST_SLOW = 4;
/** One call that hung makes nothing critical where most are as fast as ever. */
const LEAST_CRITICAL = 2;
/** Times the usual share of slow calls that the slot itself must show. */
const LATEST = 2;
const P95 = 0.95;
const EVIDENCE = 5;

/** An operation whose P95 is raised by a step, or so far that no trend matters any more. */
export function degraded(
  { view, normal }: Situation<unknown>,
  memory: LatencyMemory,
  measure: OperationMeasure,
  baseline: LatencyBaseline,
  gradual: boolean,
): Signal | undefined {
  const { operation, workload } = measure.name;
  const own = slownessOf(measure, baseline, undefined);
  const share = baseline.above / baseline.calls;
  const goesOn = memory.ongoing.get(workload, view.slot) !== undefined;
  if (own[1] < LATEST * share * own[0] || own[2] < Math.max(1, (1 - P95) * own[0]))
    return undefined;
  const most = goesOn ? ONGOING_CHANCE : CHANCE;
  let best: { chance: number; n: number; above: number; cells: number } | undefined;
  let worst = false;
  for (const cells of WINDOWS) {
    const [n = 0, above = 0, high = 0, higher = 0, , residual = 0] =
      cells === 1 ? own : memory.slowness.sums(operation, view.slot, cells, own);
    const least = 2 * above >= n ? 1 : LEAST_CRITICAL;
    const critical = higher >= Math.max(least, (1 - P95) * n);
    if (above < LEAST_SLOW || high < (1 - P95) * n || (gradual && !critical && !goesOn)) continue;
    const tail = tailChance(above, n, baseline, memory.correlation.of(operation));
    const shift = cells === 1 ? 1 : shiftChance(residual, n, baseline, memory.drift.of(operation));
    const chance = Math.min(1, TESTS * Math.min(tail, shift));
    if (chance < most) worst ||= critical;
    if (chance < (best?.chance ?? most)) best = { chance, n, above, cells };
  }
  if (best === undefined) return undefined;
  // Of less than thirty calls the P95 would be the one that is slowest.
  const value = measure.latency.quantile(Math.min(P95, 1 - 1.5 / own[0]));
  const { low, high } = quantileInterval(measure.latency, P95, P95);
  return {
    rule: DEGRADED.id,
    subject: { workload, operation },
    severity: worst ? 'critical' : 'warning',
    summary: `${operation} takes ${ms(value)} at the P95, ${times(value / baseline.p95)} the usual ${ms(baseline.p95)}; ${count(best.above, best.n)} calls were slower than that, where ${Math.round(share * best.n)} are usual`,
    since: view.slot.start,
    value,
    expected: baseline.p95,
    unit: 'ms',
    ...(low !== null && high !== null && { interval: { low, high, level: P95 } }),
    chance: best.chance,
    events: best.above,
    evidence: view.shown(operation).slowest.slice(0, EVIDENCE),
    kfl: operationKfl(measure.name, { slowerThan: baseline.p95 }),
    checked: `${best.n} calls of the last ${best.cells === 1 ? 'slot' : `${best.cells} slots`} against the P95 of ${baseline.calls} learned calls (${normal.words})`,
  };
}

/** The beta's first parameter: what is known of the share, from slots and from the learned calls. */
function tailChance(
  above: number,
  n: number,
  { above: learned, calls }: LatencyBaseline,
  correlation: number,
): number {
  const share = learned / calls;
  const a = Math.min(share * (1 / correlation - 1), learned + 1);
  return betaBinomialTail(above, n, a, (a * (1 - share)) / share);
}

function shiftChance(
  residual: number,
  n: number,
  baseline: LatencyBaseline,
  drift: number,
): number {
  return normalUpperTail(residual / n / Math.sqrt(drift + baseline.spread / n));
}
