import type { Around } from './around.ts';
import type { Side } from './side.ts';

/** Calls that show it, ms that each takes longer, and share of all that its workload took longer. */
const FEW = 10;
const LEAST_MS = 5;
const MOST = 0.6;

/**
 * Workloads whose own time grew in calls that one callee explains (`explainedBy`, for a call that takes longer
 * than usual), and that get over it: the time goes by for the sake of that one.
 */
export function grownFor(
  good: Side,
  bad: Side,
  troubled: Float64Array,
  explainedBy: (row: number) => number | undefined,
): Map<number, Around> {
  const { traffic, within, own, entry } = bad;
  const usual = meanOwn(good);
  const workloads = new Map<number, { total: number; by: Map<number, Part> }>();
  for (let row = 0; row < traffic.size; row++) {
    const was = usual.get(traffic.operation[row] as number);
    const time = own[row] as number;
    const ts = traffic.ts[row] as number;
    if (was === undefined || Number.isNaN(time) || ts < within.from || ts >= within.to) continue;
    const top = entry[row] as number;
    if (time <= was || (top >= 0 && (troubled[top] as number) > 0)) continue;
    const workload = traffic.callee[row] as number;
    const found = workloads.get(workload) ?? { total: 0, by: new Map<number, Part>() };
    workloads.set(workload, found);
    found.total += time - was;
    const callee = explainedBy(row);
    if (callee === undefined) continue;
    const part = found.by.get(callee) ?? { excess: 0, calls: 0 };
    found.by.set(callee, part);
    part.excess += time - was;
    part.calls++;
  }
  const grown = new Map<number, Around>();
  for (const [workload, { total, by }] of workloads) {
    for (const [callee, { excess, calls }] of by) {
      if (calls < FEW || excess < LEAST_MS * calls || excess < MOST * total) continue;
      grown.set(workload, { callee, share: excess / total });
    }
  }
  return grown;
}

interface Part {
  excess: number;
  calls: number;
}

/** Mean own time, ms, by operation. */
function meanOwn({ traffic, own }: Side): ReadonlyMap<number, number> {
  const sums = new Map<number, { sum: number; calls: number }>();
  for (let row = 0; row < traffic.size; row++) {
    const time = own[row] as number;
    if (Number.isNaN(time)) continue;
    const at = sums.get(traffic.operation[row] as number) ?? { sum: 0, calls: 0 };
    sums.set(traffic.operation[row] as number, at);
    at.sum += time;
    at.calls++;
  }
  return new Map([...sums].map(([operation, { sum, calls }]) => [operation, sum / calls]));
}
