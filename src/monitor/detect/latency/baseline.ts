import { logLocation } from '../../../compare/stats/location.ts';
import { Sketch } from '../../../profile/sketch.ts';
import type { LearnedHour, Normal } from '../../learned/normal.ts';
import { learnedHours } from '../learned-hours.ts';

/** With fewer learned calls nothing is said of a latency. */
const LEAST_CALLS = 60;
/** From so many on, the comparable hours are enough. */
const ENOUGH_CALLS = 120;
/** Times the learned P95, and ms more, both: less is no degradation. */
const RATIO = 1.5;
const MORE_MS = 5;
/** On a first day, when all that was learned is other hours: nights are faster than noons. */
const FIRST_DAY_RATIO = 2;
/** Times the learned P95 from which it is critical. */
export const CRITICAL_RATIO = 4;

/** How long calls of an operation usually take. */
export interface LatencyBaseline {
  /** Learned calls. */
  readonly calls: number;
  /** ms */
  readonly p95: number;
  /** Of the learned calls, those above the P95. */
  readonly above: number;
  /** ms from which a P95 is raised. */
  readonly floor: number;
  /** Mean of the natural logarithms of the learned latencies. */
  readonly meanLog: number;
  /** Variance of one call's logarithm. */
  readonly spread: number;
  /** Whether the hours are comparable with now, or just the last ones. */
  readonly comparable: boolean;
}

type Baselines = Map<string, LatencyBaseline | undefined>;
const baselines = new WeakMap<Normal, Baselines>();

/**
 * Undefined where too little was learned. Of the same learned data it is made once. `began`: when what
 * goes on began, Unix ms.
 */
export function latencyBaseline(
  normal: Normal,
  operation: string,
  began?: number,
): LatencyBaseline | undefined {
  const made: Baselines = baselines.get(normal) ?? new Map();
  baselines.set(normal, made);
  const key = `${began ?? ''} ${operation}`;
  if (!made.has(key)) made.set(key, baselineOf(normal, operation, began));
  return made.get(key);
}

function baselineOf(
  normal: Normal,
  operation: string,
  began: number | undefined,
): LatencyBaseline | undefined {
  const usual = normal.usual(operation);
  const alike =
    usual !== undefined && usual.likeness !== 'recent' ? merged(usual.hours) : undefined;
  const comparable = alike !== undefined && alike.count >= ENOUGH_CALLS;
  const sketch = comparable ? alike : merged(learnedHours(normal, operation, began));
  if (sketch.count < LEAST_CALLS) return undefined;
  const p95 = sketch.quantile(0.95);
  const { mean, variance } = logLocation(sketch);
  const ratio = usual === undefined || usual.likeness === 'recent' ? FIRST_DAY_RATIO : RATIO;
  return {
    calls: sketch.count,
    p95,
    above: sketch.countAbove(p95),
    floor: Math.max(ratio * p95, p95 + MORE_MS),
    meanLog: mean,
    spread: variance * sketch.count,
    comparable,
  };
}

function merged(hours: readonly LearnedHour[]): Sketch {
  const sketch = new Sketch();
  for (const { measure } of hours) if (measure) sketch.merge(measure.latency);
  return sketch;
}
