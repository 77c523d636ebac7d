import { logLocation } from '../../../compare/stats/location.ts';
import type { Json } from '../../../support/json.ts';
import type { Situation } from '../../detector.ts';
import type { OperationMeasure } from '../../measure/operation-measure.ts';
import type { Slot } from '../../slot.ts';
import { Cells } from '../cells.ts';
import { Ongoing } from '../ongoing.ts';
import { Variation } from '../variation.ts';
import { CRITICAL_RATIO, type LatencyBaseline, latencyBaseline } from './baseline.ts';

/** Half an hour of slots, and seven of half hours. */
const CELLS = 6;
const HALF_HOURS = 14;
const HALF_HOUR_MS = 1_800_000;
/** Intraclass correlation of 'slower than the P95' within a slot, before any was seen. */
const CORRELATION = 0.016;
/** Variance of a half hour's mean logarithm about what is usual, before any was seen. */
const DRIFT = 0.1 ** 2;
/** Calls of a slot from which its share is a good estimate. */
const MANY = 50;
/** A half hour of fewer calls says nothing of drift. */
const LEAST_HALF_HOUR = 10;
/** What is further off than this is an event, and counts no more. */
const MOST_DRIFT = 0.3;
const MOST_CORRELATION = 0.1;

/**
 * `[calls, above the P95, above the floor, above what is critical, above the limit, sum of log
 * latency less the usual mean]`.
 */
export type Slowness = readonly [number, number, number, number, number, number];

/** What is remembered of latencies. */
export class LatencyMemory {
  readonly slowness = new Cells(CELLS);
  /** `[calls, sum of log latency less the usual mean]`. */
  readonly halfHours = new Cells(HALF_HOURS, HALF_HOUR_MS);
  readonly correlation = new Variation(CORRELATION, 30, 0.9995);
  readonly drift = new Variation(DRIFT, 20, 0.998);
  readonly ongoing = new Ongoing();
  readonly limited = new Ongoing();

  constructor(kept: Json | undefined) {
    const parts = (kept ?? {}) as { readonly [key: string]: Json };
    for (const [name, part] of Object.entries(this.#parts())) part.restore(parts[name]);
  }

  learn({ view, normal, settings }: Situation<unknown>): void {
    const { slot } = view;
    for (const measure of view.operations.values()) {
      const { operation, workload } = measure.name;
      const event = this.ongoing.get(workload, slot);
      const baseline = latencyBaseline(normal, operation, event?.since);
      const seen = slownessOf(measure, baseline, settings.limits.latency);
      this.slowness.add(operation, slot, seen);
      if (baseline === undefined || seen[0] === 0) continue;
      const calm = baseline.comparable && event === undefined;
      if (calm) this.#learnCorrelation(operation, seen, baseline);
      if (calm) this.#learnDrift(operation, slot, baseline);
      this.halfHours.add(operation, slot, residualOf(measure, baseline));
    }
    this.slowness.forget(slot);
    this.halfHours.forget(slot);
  }

  toJSON(): Json {
    return Object.fromEntries(
      Object.entries(this.#parts()).map(([name, part]) => [name, part.toJSON()]),
    );
  }

  #learnCorrelation(operation: string, [n, above]: Slowness, baseline: LatencyBaseline): void {
    if (n < 2) return;
    const share = baseline.above / baseline.calls;
    const excess = (above - n * share) ** 2 / (share * (1 - share)) - n;
    const estimate = Math.min(excess / (n * (n - 1)), MOST_CORRELATION);
    this.correlation.learn(operation, estimate, n ** 2 / (n ** 2 + MANY ** 2));
  }

  /** Once a half hour is over. */
  #learnDrift(operation: string, slot: Slot, { spread }: LatencyBaseline): void {
    const last = this.halfHours.last(operation, slot, 2).at(-1);
    if (last === undefined || last.start + HALF_HOUR_MS > slot.start) return;
    const [n = 0, sum = 0] = last.numbers;
    if (n < LEAST_HALF_HOUR) return;
    const residual = Math.max(-MOST_DRIFT, Math.min(MOST_DRIFT, sum / n));
    this.drift.learn(operation, residual ** 2 - spread / n);
  }

  #parts() {
    const { slowness, halfHours, correlation, drift, ongoing, limited } = this;
    return { slowness, halfHours, correlation, drift, ongoing, limited };
  }
}

/** How many calls of a slot were slow, by each measure. */
export function slownessOf(
  measure: OperationMeasure,
  baseline: LatencyBaseline | undefined,
  limit: number | undefined,
): Slowness {
  const { latency } = measure;
  const above = (value: number | undefined) =>
    value === undefined ? 0 : latency.countAbove(value);
  const critical = baseline && criticalFrom(baseline);
  return [
    latency.count,
    above(baseline?.p95),
    above(baseline?.floor),
    above(critical),
    above(limit),
    baseline ? residualOf(measure, baseline)[1] : 0,
  ];
}

/** `[calls, sum of log latency less the usual mean]`; no call counts as slower than what is critical. */
export function residualOf(
  { latency }: OperationMeasure,
  baseline: LatencyBaseline,
): readonly [number, number] {
  if (latency.count === 0) return [0, 0];
  const { mean } = logLocation(latency, criticalFrom(baseline));
  return [latency.count, latency.count * (mean - baseline.meanLog)];
}

/** ms */
function criticalFrom({ p95, floor }: LatencyBaseline): number {
  return Math.max(CRITICAL_RATIO * p95, floor);
}
