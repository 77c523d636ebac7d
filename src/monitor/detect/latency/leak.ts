import { normalUpperTail } from '../../../compare/stats/normal.ts';
import { trendOf } from '../../../compare/stats/trend.ts';
import { ms, percent, times } from '../../../compare/words.ts';
import type { Situation } from '../../detector.ts';
import type { OperationMeasure } from '../../measure/operation-measure.ts';
import type { Signal } from '../../signal.ts';
import { operationKfl } from '../operation-kfl.ts';
import type { LatencyBaseline } from './baseline.ts';
import type { Course } from './half-hours.ts';
import { type LatencyMemory, residualOf } from './memory.ts';
import { LEAK } from './rules.ts';

const RISE = Math.log(1.4);
const MORE_MS = 5;
const DEVIATIONS = 4;
/** Of a trend as consistent where there is none. */
const TREND = 2e-3;
/** Half hours that a trend needs. */
const LEAST = 6;
/** Calls of the last hour. */
const LEAST_CALLS = 40;
/** What is left of a leak while it goes on. */
const ONGOING_RISE = Math.log(1.15);
const EVIDENCE = 5;

/** An operation that has become slower for hours, or still is. */
export function leaking(
  { view, normal }: Situation<unknown>,
  memory: LatencyMemory,
  measure: OperationMeasure,
  baseline: LatencyBaseline,
  course: Course,
): Signal | undefined {
  const { operation, workload } = measure.name;
  if (!baseline.comparable) return undefined;
  const { slope, chance: trend } = trendOf(course.levels);
  const deviation = Math.sqrt(
    memory.drift.of(operation) + baseline.spread / Math.max(1, course.calls),
  );
  const leaks =
    memory.ongoing.get(workload, view.slot) === undefined
      ? trend <= TREND && begins(course, baseline, deviation)
      : goesOn(course, baseline, measure);
  if (!leaks) return undefined;
  const ratio = Math.exp(course.level);
  const usual = Math.exp(baseline.meanLog);
  return {
    rule: LEAK.id,
    subject: { workload, operation },
    severity: LEAK.severity,
    summary: `${operation} becomes slower and slower: ${times(ratio)} the usual by now, ${percent(Math.exp(2 * slope) - 1)} more every hour for ${course.levels.length / 2} h`,
    since: course.from,
    value: usual * ratio,
    expected: usual,
    unit: 'ms',
    interval: {
      low: usual * Math.exp(course.level - 1.96 * deviation),
      high: usual * Math.exp(course.level + 1.96 * deviation),
      level: 0.95,
    },
    chance: normalUpperTail(course.level / deviation),
    events: course.calls,
    evidence: view.shown(operation).slowest.slice(0, EVIDENCE),
    kfl: operationKfl(measure.name, { slowerThan: baseline.p95 }),
    checked: `geometric means of ${course.levels.length} half hours against ${ms(usual)} of ${baseline.calls} learned calls (${normal.words}); half hours vary by ${percent(deviation)}, a trend like this comes by chance once in ${Math.round(1 / Math.max(trend, 1e-12))}`,
  };
}

/** Whether it has risen for hours, by so much that neither drift nor chance explains it. */
function begins(course: Course, baseline: LatencyBaseline, deviation: number): boolean {
  return (
    course.gradual &&
    course.levels.length >= LEAST &&
    course.calls >= LEAST_CALLS &&
    course.level >= RISE &&
    (Math.exp(course.level) - 1) * baseline.p95 >= MORE_MS &&
    course.level >= DEVIATIONS * deviation
  );
}

function goesOn(course: Course, baseline: LatencyBaseline, measure: OperationMeasure): boolean {
  const [n, sum] = residualOf(measure, baseline);
  return n > 0 && sum / n >= ONGOING_RISE && course.level >= ONGOING_RISE;
}
