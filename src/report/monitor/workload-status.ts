import { OperationMeasure } from '../../monitor/measure/operation-measure.ts';
import type { JudgedSlot } from '../../monitor/slot-listener.ts';
import { usualP95 } from '../../monitor/summary/usual-latency.ts';
import type { WorkloadStatus } from './status-data.ts';

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

/** What each workload did in one slot. */
export function workloadsOf({
  view,
  normal,
}: JudgedSlot): Map<string, Omit<WorkloadStatus, 'trend'>> {
  const { slot, operations } = view;
  const perSecond = (slot.end - slot.start + 1) / 1000;
  const own = Map.groupBy(operations.values(), ({ name }) => name.workload);
  return new Map(
    [...own].map(([workload, measures]) => {
      const { calls, failures, latency } = merged(workload, measures);
      const p95 = latency.count >= LEAST_CALLS ? latency.quantile(0.95) : null;
      return [
        workload,
        {
          workload,
          callsPerSecond: calls / perSecond,
          errorShare: calls === 0 ? null : failures / calls,
          p95,
          usualP95: p95 === null ? null : (usualP95(measures, normal) ?? null),
        },
      ];
    }),
  );
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
