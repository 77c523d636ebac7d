import { OperationMeasure } from '../../monitor/measure/operation-measure.ts';
import type { JudgedSlot } from '../../monitor/slot-listener.ts';
import { usualP95 } from '../../monitor/summary/usual-latency.ts';
import { byCodeUnit } from '../../support/json.ts';
import type { WorkloadStatus } from './status-data.ts';
import type { Trend } from './trend.ts';

/** Points of a row's trend: 8 hours of 5 minutes. */
const POINTS = 96;
/** A P95 of fewer calls is their slowest one. */
const LEAST_CALLS = 20;

/** Calls by workload that serves them. */
export function callsByWorkload({ view }: JudgedSlot): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name, calls } of view.operations.values()) {
    counts.set(name.workload, (counts.get(name.workload) ?? 0) + calls);
  }
  return counts;
}

/** What each workload did in a slot, and lately; the busiest first. */
export function workloadStatuses({ view, normal }: JudgedSlot, trend: Trend): WorkloadStatus[] {
  const { slot, operations } = view;
  const own = Map.groupBy(operations.values(), ({ name }) => name.workload);
  const names = new Set([...own.keys(), ...trend.names()]);
  const perSecond = (slot.end - slot.start + 1) / 1000;
  return [...names]
    .map((workload): WorkloadStatus => {
      const measures = own.get(workload) ?? [];
      const all = merged(workload, measures);
      const p95 = all.latency.count >= LEAST_CALLS ? all.latency.quantile(0.95) : null;
      return {
        workload,
        callsPerSecond: all.calls / perSecond,
        errorShare: all.calls === 0 ? null : all.failures / all.calls,
        p95,
        usualP95: p95 === null ? null : (usualP95(measures, normal) ?? null),
        trend: trend.rates(workload, POINTS),
      };
    })
    .sort((a, b) => b.callsPerSecond - a.callsPerSecond || byCodeUnit(a.workload, b.workload));
}

function merged(workload: string, measures: readonly OperationMeasure[]): OperationMeasure {
  const sum = new OperationMeasure({
    operation: workload,
    workload,
    protocol: '',
    mutation: false,
  });
  for (const measure of measures) sum.merge(measure);
  return sum;
}
