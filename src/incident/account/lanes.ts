import { quantile } from '../../support/numbers.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Lane } from '../investigation.ts';
import { Ending, type Traffic } from '../traffic.ts';

const CELLS = 60;
/** A cell shorter than this shows noise, ms. */
const LEAST_STEP = 1_000;
/** Fewer calls in a cell don't tell a P95. */
const LEAST_CALLS = 5;

/** What the workloads served over time, in the order given: one lane each, over all that was read. */
export function lanesOf({ names, good, bad }: IncidentCase, workloads: readonly number[]): Lane[] {
  const sides = adjoin(good, bad) ? [good, bad] : [bad];
  const start = sides[0]?.start ?? 0;
  const step = Math.max(LEAST_STEP, Math.ceil((bad.end - start + 1) / CELLS));
  const cells = Math.max(1, Math.ceil((bad.end - start + 1) / step));
  const lanes = new Map(
    workloads.map((workload) => [
      workload,
      { calls: zeros(cells), failed: zeros(cells), latencies: lists(cells) },
    ]),
  );
  for (const { size, ts, callee, ending, latency } of sides) {
    for (let row = 0; row < size; row++) {
      const lane = lanes.get(callee[row] as number);
      if (!lane) continue;
      const cell = Math.min(
        cells - 1,
        Math.max(0, Math.floor(((ts[row] as number) - start) / step)),
      );
      lane.calls[cell] = (lane.calls[cell] as number) + 1;
      if (ending[row] === Ending.failed || ending[row] === Ending.unanswered) {
        lane.failed[cell] = (lane.failed[cell] as number) + 1;
      }
      if (!Number.isNaN(latency[row])) lane.latencies[cell]?.push(latency[row] as number);
    }
  }
  return [...lanes].map(([workload, { calls, failed, latencies }]) => ({
    workload: names.workloads[workload] ?? '',
    start,
    step,
    calls,
    failed,
    p95: latencies.map(p95),
  }));
}

/** Known-good traffic of another day would stretch the lanes to nothing. */
function adjoin(good: Traffic, bad: Traffic): boolean {
  return good.end <= bad.start && bad.start - good.end <= (bad.end - bad.start) / 2 + LEAST_STEP;
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}

function lists(count: number): number[][] {
  return Array.from({ length: count }, () => []);
}

function p95(latencies: number[]): number | null {
  if (latencies.length < LEAST_CALLS) return null;
  return Math.round(quantile(latencies, 0.95) * 10) / 10;
}
