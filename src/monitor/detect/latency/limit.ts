import { binomialLower } from '../../../compare/stats/binomial.ts';
import { quantileInterval } from '../../../compare/stats/quantile.ts';
import { count, ms } from '../../../compare/words.ts';
import type { Situation } from '../../detector.ts';
import type { OperationMeasure } from '../../measure/operation-measure.ts';
import type { Signal } from '../../signal.ts';
import { operationKfl } from '../operation-kfl.ts';
import { type LatencyMemory, slownessOf } from './memory.ts';
import { LATENCY_LIMIT } from './rules.ts';

const WINDOWS = [1, 3, 6] as const;
const LEVEL = 0.999;
const P95 = 0.95;
const EVIDENCE = 5;

/** An operation whose P95 is above the limit that a person set. */
export function aboveLatencyLimit(
  { view, settings }: Situation<unknown>,
  memory: LatencyMemory,
  measure: OperationMeasure,
): Signal | undefined {
  const limit = settings.limits.latency;
  if (limit === undefined) return undefined;
  const { operation, workload } = measure.name;
  const own = slownessOf(measure, undefined, limit);
  if (own[4] === 0) return undefined;
  const sums = WINDOWS.map((cells) =>
    cells === 1 ? [...own] : memory.slowness.sums(operation, view.slot, cells, own),
  );
  const [n = 0, , , , above = 0] = sums.find(([calls = 0]) => calls >= settings.minEvents) ?? [];
  if (n === 0 || binomialLower(above, n, LEVEL) <= 1 - P95) return undefined;
  const value = measure.latency.quantile(P95);
  const { low, high } = quantileInterval(measure.latency, P95, P95);
  return {
    rule: LATENCY_LIMIT.id,
    subject: { workload, operation },
    severity: LATENCY_LIMIT.severity,
    summary: `${operation} takes ${ms(value)} at the P95; ${ms(limit)} are allowed, and ${count(above, n)} calls took longer`,
    since: view.slot.start,
    value,
    expected: limit,
    unit: 'ms',
    ...(low !== null && high !== null && { interval: { low, high, level: P95 } }),
    chance: 1 - LEVEL,
    events: above,
    evidence: view.shown(operation).slowest.slice(0, EVIDENCE),
    kfl: operationKfl(measure.name, { slowerThan: limit }),
    checked: `${n} calls against the limit that was set`,
  };
}
