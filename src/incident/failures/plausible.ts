import type { IncidentCase } from '../incident-case.ts';
import { Trouble } from '../trouble.ts';
import type { Followed } from './followed.ts';
import { type Shaped, type Trace, withoutUnreachable } from './shape-of.ts';

/** Share of a workload's calls that fail by themselves which one callee out of reach must account for. */
const MOSTLY = 0.75;

/**
 * A workload whose calls fail without getting to this callee here and to that one there fails by
 * itself: a callee is out of reach only where it accounts for most of what its caller fails in.
 */
export function plausible<T extends { readonly trace: Trace; readonly shaped: Shaped }>(
  traced: readonly T[],
  { troubles }: Followed,
  { names }: IncidentCase,
): readonly T[] {
  const workloadOf = (operation: number) => names.operations[operation]?.workload ?? -1;
  const failing = new Map<number, number>();
  const missing = new Map<string, number>();
  const keyOf = ({ trace, shaped: { unreachable } }: T) =>
    `${workloadOf(trace.operation)} ${workloadOf(unreachable?.operation ?? -1)}`;
  for (const each of traced) {
    const { alone, operation } = each.trace;
    const failed = alone.filter((row) => (troubles[row] as number) >= Trouble.failed).length;
    failing.set(workloadOf(operation), (failing.get(workloadOf(operation)) ?? 0) + failed);
    const without = each.shaped.unreachable?.rows.length ?? 0;
    missing.set(keyOf(each), (missing.get(keyOf(each)) ?? 0) + without);
  }
  return traced.map((each) => {
    if (!each.shaped.unreachable) return each;
    const all = failing.get(workloadOf(each.trace.operation)) ?? 0;
    const accounted = missing.get(keyOf(each)) ?? 0;
    return accounted >= MOSTLY * all ? each : { ...each, shaped: withoutUnreachable(each.shaped) };
  });
}
