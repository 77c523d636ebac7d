import { Sketch } from '../../profile/sketch.ts';
import { byCodeUnit } from '../../support/json.ts';
import type { SlotView } from '../measure/slot-view.ts';

/** What one workload served in a slot. */
export interface WorkloadMeasure {
  readonly workload: string;
  calls: number;
  failures: number;
  /** Of the calls that did not fail: ms. */
  readonly latency: Sketch;
}

/** By workload, the most called first. */
export function workloadMeasures({ operations }: SlotView): readonly WorkloadMeasure[] {
  const measures = new Map<string, WorkloadMeasure>();
  for (const { name, calls, failures, latency } of operations.values()) {
    const { workload } = name;
    const known = measures.get(workload) ?? {
      workload,
      calls: 0,
      failures: 0,
      latency: new Sketch(),
    };
    known.calls += calls;
    known.failures += failures;
    known.latency.merge(latency);
    measures.set(workload, known);
  }
  return [...measures.values()].sort(
    (a, b) => b.calls - a.calls || byCodeUnit(a.workload, b.workload),
  );
}
